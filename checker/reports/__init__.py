"""Reports: one file a format, all from the same :class:`~checker.report.Report`. None of them decides anything."""
