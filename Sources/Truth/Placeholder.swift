// The site: what truly flowed.
public import Units
