"""Where the numbers of the page reading come from: `joins` trains the network of torn places, `ngrams` counts runs of characters,
`weights` fits the weights to pages torn by `tearing` and to pages with readings.
"""
