"""Secrets and personal data: found, refused, and taken out of files."""
