-- The text files beside the store, as they were written, and the keys (see `files.py`) of the lines that changed since.
DROP TABLE IF EXISTS written;
CREATE TABLE written (file TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
DROP TABLE IF EXISTS changed;
CREATE TABLE changed (file TEXT, a, b, c, d, id TEXT, PRIMARY KEY (file, a, b, c, d, id)) WITHOUT ROWID;

DROP TRIGGER IF EXISTS node_insert;
CREATE TRIGGER node_insert AFTER INSERT ON nodes WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, NEW.label, '', '', NEW.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS node_update;
CREATE TRIGGER node_update AFTER UPDATE ON nodes WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, NEW.label, '', '', NEW.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS node_delete;
CREATE TRIGGER node_delete AFTER DELETE ON nodes WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES ('graph.jsonl', 0, OLD.label, '', '', OLD.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS edge_insert;
CREATE TRIGGER edge_insert AFTER INSERT ON edges WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, NEW.label, (SELECT label FROM nodes WHERE id = NEW.start), (SELECT label FROM nodes WHERE id = NEW.end), NEW.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS edge_update;
CREATE TRIGGER edge_update AFTER UPDATE ON edges WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, NEW.label, (SELECT label FROM nodes WHERE id = NEW.start), (SELECT label FROM nodes WHERE id = NEW.end), NEW.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS edge_delete;
CREATE TRIGGER edge_delete AFTER DELETE ON edges WHEN EXISTS (SELECT 1 FROM written WHERE file = 'graph.jsonl')
BEGIN
  INSERT INTO changed VALUES (
    'graph.jsonl', 1, OLD.label, (SELECT label FROM nodes WHERE id = OLD.start), (SELECT label FROM nodes WHERE id = OLD.end), OLD.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS article_insert;
CREATE TRIGGER article_insert AFTER INSERT ON articles WHEN EXISTS (SELECT 1 FROM written WHERE file = 'articles.jsonl')
BEGIN
  INSERT INTO changed VALUES (
    'articles.jsonl', json_extract(NEW.record, '$.source'), rtrim(NEW.id, '0123456789'), length(NEW.id), '', NEW.id) ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS article_update;
CREATE TRIGGER article_update AFTER UPDATE ON articles
BEGIN
  DELETE FROM written WHERE file = 'articles.jsonl';
END;
