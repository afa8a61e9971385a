// Old phones, and Tor Browser for systems that get no other.
export const browsers = ["chrome87", "firefox78", "safari14.1"];
