"""What people see and hear, through real browsers, a real service and a real worker."""
