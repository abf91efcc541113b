"""Border crossings: what texts say of them, who says so, and where each one stands."""
