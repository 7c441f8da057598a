"""Many pages, one world: which names, reports and promises on different pages are one."""
