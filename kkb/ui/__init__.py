"""Everything that needs Streamlit: the shell, the run in progress, the cache, the filter bar and shared parts."""
