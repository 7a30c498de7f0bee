-- The store of a run directory. `evidence` holds the facts; every column of `edges` that time or evidence changes
-- (confidence, inferred, first_seen, last_seen) is the greatest or the least of its rows', so that the order of arrival
-- does not matter.

CREATE TABLE IF NOT EXISTS sources (
  digest TEXT PRIMARY KEY,           -- SHA-256 of the bytes
  name TEXT NOT NULL,                -- as the user named it
  told TEXT NOT NULL,                -- JSON object: the home and date that the user told
  articles INTEGER NOT NULL,
  seconds REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS articles (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES sources (digest),
  record TEXT NOT NULL               -- the line of articles.jsonl
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS articles_by_date ON articles (json_extract(record, '$.date'));

CREATE TABLE IF NOT EXISTS nodes (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,               -- Person, Post, Agency, District, Organization, Venue, Event, Act, Article
  name TEXT NOT NULL,
  properties TEXT NOT NULL           -- JSON object
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nodes_by_name ON nodes (name, label);
CREATE INDEX IF NOT EXISTS nodes_by_label ON nodes (label);

CREATE TABLE IF NOT EXISTS edges (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,               -- HOLDS, AT, PART_OF, SERVES, SUCCEEDS, AGENT, OBJECT, PLACE, REPORTED_IN, WROTE, PHOTOGRAPHED
  start TEXT NOT NULL REFERENCES nodes (id),
  end TEXT NOT NULL REFERENCES nodes (id),
  properties TEXT NOT NULL,          -- JSON object: status of a HOLDS, role of a byline, since of a SUCCEEDS
  confidence REAL NOT NULL,          -- of the surest evidence
  inferred INTEGER NOT NULL,         -- 1 where no evidence says it in words
  first_seen TEXT,                   -- ISO dates of the first and the last issue that say so
  last_seen TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edges_by_start ON edges (start, label);
CREATE INDEX IF NOT EXISTS edges_by_end ON edges (end, label);
CREATE INDEX IF NOT EXISTS successions_by_end ON edges (end) WHERE label = 'SUCCEEDS';

-- Ids of people who turned out to be one: what the articles were read as, and the person that it stands for now.
CREATE TABLE IF NOT EXISTS same_people (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES nodes (id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS same_by_person ON same_people (person);

CREATE TABLE IF NOT EXISTS evidence (
  edge TEXT NOT NULL REFERENCES edges (id),
  article TEXT NOT NULL REFERENCES articles (id),
  source TEXT NOT NULL,              -- the file, as the user named it
  start INTEGER NOT NULL,            -- characters of the decoded source, end exclusive
  end INTEGER NOT NULL,
  quote TEXT NOT NULL,
  confidence REAL NOT NULL,
  inferred INTEGER NOT NULL,
  date TEXT,
  PRIMARY KEY (edge, article, start, end)
) WITHOUT ROWID;

-- Who holds what: one line for a person, a post, a status and a body that the post is at; no body where none is known.
DROP VIEW IF EXISTS holdings;
CREATE VIEW holdings AS
SELECT person.name AS person, json_extract(post.properties, '$.title') AS title, body.name AS body, body.label AS body_label,
       json_extract(edges.properties, '$.status') AS status, edges.first_seen, edges.last_seen, edges.confidence,
       person.id AS person_id, post.id AS post_id, body.id AS body_id, edges.id AS edge_id
FROM edges
JOIN nodes AS person ON person.id = edges.start
JOIN nodes AS post ON post.id = edges.end
JOIN edges AS at ON at.start = post.id AND at.label = 'AT'
JOIN nodes AS body ON body.id = at.end
WHERE edges.label = 'HOLDS'
UNION ALL
SELECT person.name, json_extract(post.properties, '$.title'), NULL, NULL, json_extract(edges.properties, '$.status'),
       edges.first_seen, edges.last_seen, edges.confidence, person.id, post.id, NULL, edges.id
FROM edges
JOIN nodes AS person ON person.id = edges.start
JOIN nodes AS post ON post.id = edges.end
WHERE edges.label = 'HOLDS' AND NOT EXISTS (SELECT 1 FROM edges AS at WHERE at.start = post.id AND at.label = 'AT');

-- Which body took the place of which, and the year of the reform.
DROP VIEW IF EXISTS successions;
CREATE VIEW successions AS
SELECT later.name AS body, former.name AS former, json_extract(edges.properties, '$.since') AS since,
       later.id AS body_id, former.id AS former_id
FROM edges JOIN nodes AS later ON later.id = edges.start JOIN nodes AS former ON former.id = edges.end
WHERE edges.label = 'SUCCEEDS';

-- Who holds what now: of all that were seen in a post, those who are not said to have left it, whose body has not given
-- way to another, and, where one alone holds the post, whom nobody followed. Posts at no known body may be many, which
-- follow nobody. Nor do those still hold a post who were seen later in another that it is left for: a higher `step` of the
-- same body, one of another place, or any of its step and above where both or the one that is left fill a working day
-- (`alone`); see seats.tsv. Who is named with both at the later date holds both.
DROP VIEW IF EXISTS current_holdings;
CREATE VIEW current_holdings AS
SELECT * FROM holdings AS mine
WHERE status IN ('current', 'acting') AND NOT EXISTS (
  SELECT 1 FROM edges AS later
  WHERE later.label = 'HOLDS' AND later.start = mine.person_id AND later.end = mine.post_id
    AND json_extract(later.properties, '$.status') = 'former' AND later.last_seen >= mine.last_seen
) AND NOT (
  body_id IS NOT NULL AND (title LIKE '%长' OR title LIKE '%书记' OR title LIKE '%主任' OR title LIKE '%主席') AND title NOT LIKE '%副%'
  AND EXISTS (
    SELECT 1 FROM edges AS next
    WHERE next.label = 'HOLDS' AND next.end = mine.post_id AND next.start <> mine.person_id
      AND json_extract(next.properties, '$.status') IN ('current', 'acting') AND next.first_seen > mine.last_seen
  )
) AND NOT EXISTS (
  SELECT 1 FROM edges AS gone
  WHERE gone.label = 'SUCCEEDS' AND gone.end = mine.body_id AND EXISTS (
    SELECT 1 FROM edges AS newer
    WHERE newer.start = gone.start AND newer.label IN ('SERVES', 'PART_OF') AND newer.last_seen > mine.last_seen
      AND newer.last_seen >= json_extract(gone.properties, '$.since')
  )
) AND NOT EXISTS (
  SELECT 1 FROM edges AS taken
  WHERE taken.label = 'HOLDS' AND taken.start = mine.person_id AND taken.end = mine.post_id AND mine.status = 'acting'
    AND json_extract(taken.properties, '$.status') = 'current' AND taken.first_seen > mine.last_seen
) AND NOT EXISTS (
  SELECT 1 FROM edges AS taken
  JOIN nodes AS seat ON seat.id = taken.end
  JOIN nodes AS own ON own.id = mine.post_id
  WHERE taken.label = 'HOLDS' AND taken.start = mine.person_id AND taken.end <> mine.post_id
    AND taken.first_seen > mine.last_seen AND json_extract(taken.properties, '$.status') IN ('current', 'acting')
    AND CASE
      WHEN EXISTS (SELECT 1 FROM edges AS at WHERE at.start = seat.id AND at.label = 'AT' AND at.end = mine.body_id)
      THEN json_extract(seat.properties, '$.step') < json_extract(own.properties, '$.step')
      WHEN json_extract(seat.properties, '$.alone') AND json_extract(own.properties, '$.alone')
      THEN json_extract(seat.properties, '$.step') <= json_extract(own.properties, '$.step')
      ELSE json_extract(seat.properties, '$.step') < json_extract(own.properties, '$.step')
        AND (json_extract(own.properties, '$.alone')
             OR substr(seat.id, 6, instr(substr(seat.id, 6), ':')) <> substr(own.id, 6, instr(substr(own.id, 6), ':')))
    END
);

-- Who held a post, in the order of time; with the posts of the same title at the bodies that a body took the place of, over
-- any number of reforms, which `body_then` names.
DROP VIEW IF EXISTS post_history;
CREATE VIEW post_history AS
WITH RECURSIVE before (body, former) AS (
  SELECT start, end FROM edges WHERE label = 'SUCCEEDS'
  UNION
  SELECT before.body, edges.end FROM before JOIN edges ON edges.start = before.former AND edges.label = 'SUCCEEDS'
)
SELECT title, body, person, status, first_seen, last_seen, body AS body_then, post_id, person_id, body_id FROM holdings
UNION ALL
SELECT json_extract(post.properties, '$.title'), later.name, person.name, json_extract(e.properties, '$.status'),
       e.first_seen, e.last_seen, former.name, post.id, person.id, later.id
FROM before
CROSS JOIN nodes AS later ON later.id = before.body
CROSS JOIN nodes AS former ON former.id = before.former
CROSS JOIN edges AS at ON at.end = former.id AND at.label = 'AT'
JOIN nodes AS post ON post.id = at.start
JOIN edges AS e ON e.end = post.id AND e.label = 'HOLDS'
JOIN nodes AS person ON person.id = e.start
ORDER BY body_id, title, first_seen, last_seen;

-- What was done: one line for an act, with who and what as they follow each other in the text; `dated_by` says whether its
-- date is told with it (time), told in the words around it (context), or only that of the issue.
DROP VIEW IF EXISTS acts;
CREATE VIEW acts AS
SELECT act.id, json_extract(act.properties, '$.verb') AS verb, json_extract(act.properties, '$.category') AS category,
       coalesce(json_extract(act.properties, '$.date'), json_extract(act.properties, '$.reported')) AS date,
       (SELECT group_concat(name, '、') FROM (SELECT n.name FROM edges e JOIN nodes n ON n.id = e.end JOIN evidence v ON v.edge = e.id
         WHERE e.start = act.id AND e.label = 'AGENT' GROUP BY n.name ORDER BY min(v.start), min(v.end), n.name)) AS agents,
       (SELECT group_concat(name, '、') FROM (SELECT n.name FROM edges e JOIN nodes n ON n.id = e.end JOIN evidence v ON v.edge = e.id
         WHERE e.start = act.id AND e.label = 'OBJECT' GROUP BY n.name ORDER BY min(v.start), min(v.end), n.name)) AS objects,
       (SELECT group_concat(name, '、') FROM (SELECT n.name FROM edges e JOIN nodes n ON n.id = e.end JOIN evidence v ON v.edge = e.id
         WHERE e.start = act.id AND e.label = 'PLACE' GROUP BY n.name ORDER BY min(v.start), min(v.end), n.name)) AS places,
       (SELECT n.id FROM edges e JOIN nodes n ON n.id = e.end
         WHERE e.start = act.id AND e.label = 'REPORTED_IN' LIMIT 1) AS article,
       CASE WHEN json_extract(act.properties, '$.date') IS NULL
            THEN iif(json_extract(act.properties, '$.reported') IS NULL, NULL, 'issue')
            ELSE iif(json_extract(act.properties, '$.date_inferred'), 'context', 'time') END AS dated_by
FROM nodes AS act WHERE act.label = 'Act';

-- Who attended, chaired or convened with whom: one line for two people, an event and an article that tells of both; the date is
-- that of any act with a date at the event, else that of the issue.
DROP VIEW IF EXISTS attended_together;
CREATE VIEW attended_together AS
SELECT DISTINCT a.name AS person, b.name AS other, event.name AS event,
       coalesce((SELECT min(json_extract(act.properties, '$.date')) FROM edges AS o JOIN nodes AS act ON act.id = o.start
                 JOIN edges AS r ON r.start = act.id AND r.label = 'REPORTED_IN'
                 WHERE o.end = event.id AND o.label = 'OBJECT' AND r.end = r1.end),
                json_extract(act1.properties, '$.reported')) AS date,
       a.id AS person_id, b.id AS other_id, event.id AS event_id
FROM nodes AS a
JOIN edges AS g1 ON g1.end = a.id AND g1.label = 'AGENT'
JOIN nodes AS act1 ON act1.id = g1.start AND json_extract(act1.properties, '$.category') IN ('attend', 'chair', 'convene', 'speak')
JOIN edges AS o1 ON o1.start = act1.id AND o1.label = 'OBJECT'
JOIN nodes AS event ON event.id = o1.end AND event.label = 'Event'
JOIN edges AS o2 ON o2.end = event.id AND o2.label = 'OBJECT'
JOIN nodes AS act2 ON act2.id = o2.start AND json_extract(act2.properties, '$.category') IN ('attend', 'chair', 'convene', 'speak')
JOIN edges AS r1 ON r1.start = act1.id AND r1.label = 'REPORTED_IN'
JOIN edges AS r2 ON r2.start = act2.id AND r2.label = 'REPORTED_IN' AND r2.end = r1.end
JOIN edges AS g2 ON g2.start = act2.id AND g2.label = 'AGENT'
JOIN nodes AS b ON b.id = g2.end AND b.label = 'Person' AND b.id <> a.id
WHERE a.label = 'Person';

-- Which bodies met how often.
DROP VIEW IF EXISTS meetings;
CREATE VIEW meetings AS
SELECT body.name AS body, count(DISTINCT act.id) AS times, body.id AS body_id
FROM nodes AS act
JOIN edges AS agent ON agent.start = act.id AND agent.label = 'AGENT'
JOIN nodes AS body ON body.id = agent.end AND body.label IN ('Agency', 'Organization')
WHERE act.label = 'Act' AND json_extract(act.properties, '$.category') IN ('convene', 'attend', 'chair')
GROUP BY body.id;

-- What happened in a district, month by month: acts that were done there, or by or to its bodies.
DROP VIEW IF EXISTS district_months;
CREATE VIEW district_months AS
SELECT DISTINCT district.name AS district, substr(acts.date, 1, 7) AS month, acts.*, district.id AS district_id
FROM acts
JOIN edges AS near ON near.start = acts.id AND near.label IN ('AGENT', 'OBJECT', 'PLACE')
LEFT JOIN edges AS serves ON serves.start = near.end AND serves.label = 'SERVES'
JOIN nodes AS district ON district.label = 'District' AND district.id IN (near.end, serves.end);
