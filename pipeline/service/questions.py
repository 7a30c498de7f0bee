"""What the pages ask of a run's database, narrowed by `:since`, `:until`, `:category` and `:sure`.

Every answer is bounded, but those with `:most` and `:tenures` by whoever asks.
"""

_WHERE = """CASE n.label
  WHEN 'Person' THEN (SELECT group_concat(what, '；') FROM (SELECT DISTINCT p.name AS what FROM edges AS h JOIN nodes AS p ON p.id = h.end
    WHERE h.start = n.id AND h.label = 'HOLDS' ORDER BY h.confidence DESC, p.name LIMIT 3))
  WHEN 'District' THEN json_extract(n.properties, '$.path')
  WHEN 'Post' THEN (SELECT group_concat(who, '；') FROM (SELECT DISTINCT p.name AS who FROM edges AS h JOIN nodes AS p ON p.id = h.start
    WHERE h.end = n.id AND h.label = 'HOLDS' ORDER BY h.last_seen DESC, h.confidence DESC, p.name LIMIT 3))
  ELSE (SELECT d.name FROM nodes AS d WHERE d.id = json_extract(n.properties, '$.district')) END AS about
"""
NAMES = f"""
SELECT n.id, n.label, n.name, {_WHERE} FROM (
  SELECT id, label, name, properties FROM nodes
  WHERE (instr(name, :words) > 0 OR name LIKE :short ESCAPE '\\' AND label IN ('Post', 'Agency', 'Organization'))
    AND (label = :label OR :label = '' AND label NOT IN ('Act', 'Article'))
  ORDER BY name <> :words, instr(name, :words) = 0, label <> 'Person', length(name), name, id LIMIT :most) AS n
"""
NAMED = f"""
SELECT n.id, n.label, n.name, {_WHERE} FROM json_each(:nodes) AS wanted JOIN nodes AS n ON n.id = wanted.value ORDER BY wanted.key
"""
HUBS = """
SELECT n.id, n.label FROM (SELECT id, count(*) AS times FROM
  (SELECT start AS id FROM edges WHERE label IN ('HOLDS', 'AT', 'SERVES', 'PART_OF')
   UNION ALL SELECT end FROM edges WHERE label <> 'REPORTED_IN') GROUP BY id) AS ends
JOIN nodes AS n ON n.id = ends.id WHERE n.label NOT IN ('Act', 'Article') ORDER BY times DESC, n.id LIMIT 20000
"""
NODE = "SELECT id, label, name, properties FROM nodes WHERE id = :key"
SAME = "SELECT person FROM same_people WHERE id = :key"
EVIDENCE = """
SELECT e.label AS relation, other.id AS node, other.name, v.quote, v.source, v.start, v.end, round(v.confidence, 3) AS confidence
FROM evidence AS v JOIN edges AS e ON e.id = v.edge JOIN nodes AS other ON other.id = iif(e.start = :key, e.end, e.start)
WHERE v.article = :article AND v.edge IN (SELECT id FROM edges WHERE start = :key UNION SELECT id FROM edges WHERE end = :key)
  AND e.label <> 'REPORTED_IN'
ORDER BY v.start LIMIT 20
"""
EDGE = """
SELECT e.id, e.label, json_extract(e.properties, '$.status') AS status, round(e.confidence, 3) AS confidence, e.inferred, e.first_seen,
  e.last_seen, a.id AS start, a.label AS start_label, a.name AS start_name, b.id AS end, b.label AS end_label, b.name AS end_name,
  (SELECT count(*) FROM evidence WHERE edge = e.id) AS times
FROM edges AS e JOIN nodes AS a ON a.id = e.start JOIN nodes AS b ON b.id = e.end WHERE e.id = :key
"""
PROOFS = """
SELECT v.article, n.name AS headline, v.date, v.source, v.start, v.end, v.quote, round(v.confidence, 3) AS confidence, v.inferred
FROM (SELECT * FROM evidence WHERE edge = :key ORDER BY confidence DESC, source, start LIMIT 50) AS v LEFT JOIN nodes AS n ON n.id = v.article
ORDER BY v.confidence DESC, v.source, v.start
"""
COUNTS = "SELECT label, count(*) AS count FROM nodes GROUP BY label"
ARTICLES = """
SELECT n.id, n.name AS headline, json_extract(n.properties, '$.date') AS date,
       json_extract(n.properties, '$.newspaper') AS newspaper, json_extract(n.properties, '$.home') AS home,
       json_extract(n.properties, '$.source') AS source
FROM nodes AS n WHERE n.label = 'Article' AND (:words = '' OR instr(n.name, :words) > 0)
  AND (:since = '' OR json_extract(n.properties, '$.date') >= :since)
  AND (:until = '' OR substr(json_extract(n.properties, '$.date'), 1, length(:until)) <= :until)
ORDER BY date DESC, n.id LIMIT :most OFFSET :from
"""
SOURCES = """
SELECT s.digest, s.name, s.articles, (SELECT json_extract(n.properties, '$.date') FROM articles AS a JOIN nodes AS n ON n.id = a.id
  WHERE a.id >= 'article:' || substr(s.digest, 1, 16) AND a.id < 'article:' || substr(s.digest, 1, 16) || ';' LIMIT 1) AS date
FROM sources AS s ORDER BY s.name, s.digest LIMIT :most OFFSET :from
"""
OF_SOURCE = "SELECT id FROM articles WHERE source = :digest ORDER BY length(id), id LIMIT :most"
# Names and proofs are looked up for the rows that are shown alone.
_TENURES = """
SELECT person.id AS person_id, person.name AS person, first.title, post.id AS post_id, body.id AS body_id, body.name AS body,
  json_extract(body.properties, '$.system') AS system, json_extract(post.properties, '$.rank') AS rank,
  json_extract(h.properties, '$.status') AS status, h.first_seen, h.last_seen, round(h.confidence, 3) AS confidence, h.inferred,
  h.id AS edge, v.quote, v.article
FROM (SELECT h.id, at.end AS body, json_extract(post.properties, '$.title') AS title FROM {0} WHERE {1}
    AND h.confidence >= :sure AND (:since = '' OR h.last_seen IS NULL OR h.last_seen >= :since)
    AND (:until = '' OR h.first_seen IS NULL OR substr(h.first_seen, 1, length(:until)) <= :until)
  ORDER BY {2} LIMIT :tenures) AS first
CROSS JOIN edges AS h ON h.id = first.id CROSS JOIN nodes AS person ON person.id = h.start CROSS JOIN nodes AS post ON post.id = h.end
LEFT JOIN nodes AS body ON body.id = first.body
LEFT JOIN evidence AS v ON v.edge = h.id AND (v.article, v.start, v.end) =
  (SELECT article, start, end FROM evidence WHERE edge = h.id ORDER BY confidence DESC, source, start LIMIT 1)
ORDER BY {2}
"""
_OF_POST = (
    "edges AS h JOIN nodes AS post ON post.id = h.end LEFT JOIN edges AS at ON at.start = post.id AND at.label = 'AT'"
)
_OF_BODY = """edges AS at ON at.label = 'AT' JOIN nodes AS post ON post.id = at.start
  JOIN edges AS h ON h.end = post.id AND h.label = 'HOLDS'"""
_OF_NOW_AND_BEFORE = "(SELECT :key AS id UNION SELECT end FROM edges WHERE start = :key AND label = 'SUCCEEDS') AS near"
_LEADERS_FIRST = "instr(title, '副'), title, h.first_seen DESC, h.start"
PERSON_POSTS = _TENURES.format(_OF_POST, "h.start = :key AND h.label = 'HOLDS'", "h.first_seen, title, h.end")
POST_HOLDERS = _TENURES.format(_OF_POST, "h.end = :key AND h.label = 'HOLDS'", "h.first_seen, h.start")
BODY_HOLDERS = _TENURES.format(f"{_OF_NOW_AND_BEFORE} JOIN {_OF_BODY} AND at.end = near.id", "1", _LEADERS_FIRST)
DISTRICT_HOLDERS = _TENURES.format(
    "(SELECT :key AS id UNION SELECT start FROM edges WHERE end = :key AND label = 'SERVES') AS near "
    f"JOIN {_OF_BODY} AND at.end = near.id",
    "1",
    _LEADERS_FIRST,
)
STILL = "SELECT edge_id FROM current_holdings WHERE edge_id IN (SELECT value FROM json_each(:edges))"
_NEAR = """
SELECT start AS act, min(label) AS role, round(max(confidence), 3) AS confidence, min(id) AS edge FROM edges
WHERE end {0} AND label IN ('AGENT', 'OBJECT', 'PLACE') AND confidence >= :sure GROUP BY start LIMIT 20000
"""
_DATED = """
SELECT near.*, coalesce(json_extract(n.properties, '$.date'), json_extract(n.properties, '$.reported')) AS day
FROM ({0}) AS near CROSS JOIN nodes AS n ON n.id = near.act
WHERE :category = '' OR json_extract(n.properties, '$.category') = :category
"""
_LATEST = """
SELECT * FROM ({0}) WHERE (:since = '' OR day >= :since) AND (:until = '' OR substr(day, 1, length(:until)) <= :until)
ORDER BY day DESC, act LIMIT {1}
"""
# Who did what to whom is looked up for the acts that are shown alone.
_ACTS = """
SELECT acts.*, found.role, found.confidence,
       (SELECT quote FROM evidence WHERE edge = found.edge ORDER BY confidence DESC, start LIMIT 1) AS quote
FROM ({0}) AS found CROSS JOIN acts ON acts.id = found.act ORDER BY found.day DESC, acts.id
"""
_DISTRICT = "IN (SELECT :key UNION SELECT start FROM edges WHERE end = :key AND label = 'SERVES')"
NODE_ACTS = _ACTS.format(_LATEST.format(_DATED.format(_NEAR.format("= :key")), ":most"))
# The acts of a district are looked for once, for the table and for the months.
DISTRICT_NEAR = f"CREATE TEMP TABLE near_acts AS {_DATED.format(_NEAR.format(_DISTRICT))}"
DISTRICT_ACTS = _ACTS.format(_LATEST.format("SELECT * FROM near_acts", ":most"))
_ENDS = "FROM edges WHERE start = {0} AND label IN ('AGENT', 'OBJECT', 'PLACE')"
_ANY = f"""
SELECT id AS act, coalesce(json_extract(properties, '$.date'), json_extract(properties, '$.reported')) AS day FROM nodes AS n
WHERE label = 'Act' AND (:words = '' OR instr(name, :words) > 0)
  AND (:category = '' OR json_extract(properties, '$.category') = :category)
  AND (:sure = 0 OR EXISTS (SELECT 1 {_ENDS.format("n.id")} AND confidence >= :sure))
"""
_SUREST = f"""
SELECT mine.*, e.label AS role, round(e.confidence, 3) AS confidence, e.id AS edge FROM ({{0}}) AS mine
LEFT JOIN edges AS e ON e.id = (SELECT id {_ENDS.format("mine.act")} ORDER BY confidence DESC, id LIMIT 1)
"""
ACTS = _ACTS.format(_SUREST.format(_LATEST.format(_ANY, ":most OFFSET :from")))
ENDS = """
SELECT DISTINCT e.start AS act, e.label, n.id, n.name FROM json_each(:acts) AS mine
CROSS JOIN edges AS e ON e.start = mine.value AND e.label IN ('AGENT', 'OBJECT', 'PLACE') CROSS JOIN nodes AS n ON n.id = e.end
ORDER BY n.name
"""
MONTHS = """
SELECT substr(day, 1, 7) AS month, count(*) AS acts FROM near_acts
GROUP BY month HAVING length(month) = 7 AND (:since = '' OR month >= substr(:since, 1, 7)) AND (:until = '' OR month <= substr(:until, 1, 7))
ORDER BY month
"""
# CROSS JOIN keeps SQLite to the order in which the tables stand: from the few acts of the person outwards.
WITH_WHOM = """
WITH mine AS MATERIALIZED (SELECT start AS act FROM edges WHERE end = :key AND label IN ('AGENT', 'OBJECT') AND confidence >= :sure LIMIT 500),
events AS MATERIALIZED (SELECT DISTINCT o.end AS event FROM mine CROSS JOIN edges AS o ON o.start = act AND o.label = 'OBJECT'
  CROSS JOIN nodes AS n ON n.id = o.end AND n.label = 'Event' LIMIT 100),
shared AS MATERIALIZED (SELECT act FROM mine UNION
  SELECT o.start FROM events CROSS JOIN edges AS o ON o.end = event AND o.label = 'OBJECT' LIMIT 2000)
SELECT n.id, n.name, count(DISTINCT act) AS times FROM shared CROSS JOIN edges AS e ON e.start = act AND e.label IN ('AGENT', 'OBJECT')
CROSS JOIN nodes AS n ON n.id = e.end AND n.label = 'Person' WHERE n.id <> :key GROUP BY n.id ORDER BY times DESC, n.name LIMIT 60
"""
# A body has given way once one that took its place is seen in the year of the reform or later: a run with older papers alone
# may hold both, where two bodies became one.
REPLACED = """
SELECT DISTINCT gone.end AS body FROM edges AS mine
CROSS JOIN edges AS gone ON gone.end = mine.start AND gone.label = 'SUCCEEDS'
CROSS JOIN edges AS newer ON newer.start = gone.start AND newer.label IN ('SERVES', 'PART_OF')
WHERE mine.end = :key AND mine.label = 'SERVES'
  AND coalesce(newer.last_seen, '9999') >= coalesce(json_extract(gone.properties, '$.since'), '')
"""
STRUCTURE = """
SELECT e.label AS relation, n.id, n.label, n.name, 'out' AS direction, round(e.confidence, 3) AS confidence
FROM edges AS e JOIN nodes AS n ON n.id = e.end WHERE e.start = :key AND e.label IN ('PART_OF', 'SERVES', 'AT', 'SUCCEEDS')
UNION ALL
SELECT * FROM (SELECT e.label, n.id, n.label, n.name, 'in', round(e.confidence, 3)
FROM edges AS e JOIN nodes AS n ON n.id = e.start WHERE e.end = :key AND e.label IN ('PART_OF', 'SERVES', 'SUCCEEDS') LIMIT 200)
"""
OTHER_ARTICLES = """
SELECT a.id, a.name AS headline, found.date FROM (SELECT article, max(evidence.date) AS date
  FROM (SELECT id FROM edges WHERE start = :key UNION ALL SELECT id FROM edges WHERE end = :key LIMIT 2000) AS e
  JOIN evidence ON evidence.edge = e.id GROUP BY article ORDER BY 2 DESC, article LIMIT 40) AS found
JOIN nodes AS a ON a.id = found.article ORDER BY found.date DESC, a.id
"""
