"""Which test shows which fault of the catalogue on a live meter."""

SEEN = {}


def of(*faults):
    """Marks the test that shows a fault."""

    def remember(test):
        for fault in faults:
            SEEN[fault] = test.__name__
        return test

    return remember
