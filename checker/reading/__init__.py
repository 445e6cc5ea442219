"""Reading prose: statements, phrases in their many wordings, and whether a statement affirms or denies."""
