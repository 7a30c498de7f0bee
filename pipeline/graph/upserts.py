"""How rows meet rows: statements that add to the store, in any order to the same result."""

ADD_SOURCE = """
INSERT INTO sources VALUES (?, ?, ?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET name = min(name, excluded.name), told = min(told, excluded.told),
  articles = max(articles, excluded.articles), seconds = min(seconds, excluded.seconds)
"""
ADD_ARTICLE = """
INSERT INTO articles VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET record = excluded.record WHERE excluded.record < record
"""
ADD_NODE = """
INSERT INTO nodes VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET properties = excluded.properties, name = excluded.name
WHERE length(excluded.properties) > length(properties)
   OR length(excluded.properties) = length(properties) AND excluded.properties < properties
"""
ADD_EDGE = """
INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  confidence = max(confidence, excluded.confidence), inferred = min(inferred, excluded.inferred),
  first_seen = min(coalesce(first_seen, excluded.first_seen), coalesce(excluded.first_seen, first_seen)),
  last_seen = max(coalesce(last_seen, excluded.last_seen), coalesce(excluded.last_seen, last_seen))
"""
ADD_EVIDENCE = """
INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (edge, article, start, end) DO UPDATE SET
  confidence = max(confidence, excluded.confidence), inferred = min(inferred, excluded.inferred),
  source = min(source, excluded.source)
"""
