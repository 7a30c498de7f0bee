"""guanxi 官系: pages of Chinese local newspapers to a graph of officials, posts, bodies, districts and reported acts.

    files ─► Page ─► Article ─► Doc with mentions ─► relations ─► linked facts ─► graph ─► files, store, report
            sources   pages      language, entities    relations     linking        graph     graph, report

Each room is a folder whose docstring says what comes in, what goes out and where its knowledge came from. A room uses the
rooms before it, never those after it; `records.py` holds the words they share, `cli.py` is the door.
"""
