// Who runs an installation, as its configuration says it, and what of that other machines read: security.txt
// and robots.txt. What nobody filled in is said to be missing and never made up.
#pragma once

#include <optional>
#include <string>

#include "crypto/protocol/calendar.hpp"
#include "server/lang/languages.hpp"

namespace pages {

struct about {
    std::string name;                  // who runs it
    std::string controller;            // who answers for the personal data (GDPR, article 13)
    std::string contact;               // about the website and those data
    std::string security;              // about a weak spot: an e-mail address, https:// or tel:
    std::optional<protocol::day> day;  // on which all of it was last found to be true
    std::string host;                  // of its addresses, with any port but 443
    bool destroys = false;             // retention profiles destroy reports by themselves

    // What the pages say of it is there.
    [[nodiscard]] bool filled_in() const {
        return !name.empty() && !controller.empty() && !contact.empty() && day;
    }
};

// For how many days from `day` on the contact of security.txt counts: less than a year (RFC 9116 §2.5.5).
inline constexpr int security_days = 364;

// security.txt (RFC 9116); nothing without a contact and a day.
[[nodiscard]] std::optional<std::string> security_text(const about& of, const lang::languages& languages);

// What search engines may fetch (RFC 9309). Pages that they may not list say so themselves, so that must be
// readable.
[[nodiscard]] std::string robots_text();

}  // namespace pages
