"""Pictures of what happened, drawn without a plotting library, each with a twin in words."""
