"""Tests: units beside their layers, pages by AppTest, the real server in a real browser."""
