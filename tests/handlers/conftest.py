from tests.stage import clock, database, database_file, sample_trust, talk, turns

__all__ = ["clock", "database", "database_file", "sample_trust", "talk", "turns"]
