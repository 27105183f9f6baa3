"""The sample workspace of an invented tea and homeware company.

First comes the plan (three quarters of campaigns and what shall come of them), then posts, orders and costs
that keep it, then the files that platforms would have given.
"""
