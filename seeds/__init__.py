"""Reports and the codebook: what everything else grows from."""
