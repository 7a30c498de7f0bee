"""What the API asks of a run's database. Every answer is bounded."""

NAMES = """
SELECT id, label, name FROM nodes WHERE instr(name, :words) > 0 AND (:label = '' OR label = :label)
  AND label NOT IN ('Act', 'Article')
ORDER BY name <> :words, label <> 'Person', length(name), name, id LIMIT :most
"""
NODE = "SELECT id, label, name, properties FROM nodes WHERE id = :key"
EVIDENCE = """
SELECT e.label AS relation, other.id AS node, other.name, v.quote, v.source, v.start, v.end, round(v.confidence, 3) AS confidence
FROM evidence AS v JOIN edges AS e ON e.id = v.edge JOIN nodes AS other ON other.id = iif(e.start = :key, e.end, e.start)
WHERE v.article = :article AND v.edge IN (SELECT id FROM edges WHERE start = :key UNION SELECT id FROM edges WHERE end = :key)
  AND e.label <> 'REPORTED_IN'
ORDER BY v.start LIMIT 20
"""
