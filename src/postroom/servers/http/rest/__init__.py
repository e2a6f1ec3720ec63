"""/api: the object model as REST, made of its description; every member is reached through the model's gate."""
