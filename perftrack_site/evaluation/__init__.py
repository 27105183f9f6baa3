"""From numbers to judgements: plain values in, one Report out; no file, no database, no clock."""
