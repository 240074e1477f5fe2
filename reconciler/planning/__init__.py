"""From desired and live state to a plan: compare, settle the changes, check the data, gate. Pure except for
`Facts`."""
