"""Where the numbers of the page reading come from: `joins` trains the network of torn places, `weights` fits the weights."""
