"""Rows of the goals whose part of the product is not there yet: named, not faked."""
from figures import absent

absent("console", "desk", "10,000 reports in the desk's console: first rows ≤ 0.3 s, all ≤ 10 s, ≤ 500 MB")
absent("attachments", "attachments", "100 MB up and down: memory ≤ 2 MB more, ≥ 0.7 of nginx")
absent("peers", "peers", "GlobaLeaks and SecureDrop: ≥ 400 × less CPU a submission, ≥ 50 × faster lists, ≤ 1/4 memory")
