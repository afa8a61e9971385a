#include "server/pages/about.hpp"

#include <string_view>

namespace pages {
namespace {

// An e-mail address as a URI, which is all that RFC 9116 takes.
std::string as_uri(const std::string& contact) {
    const std::string_view one = contact;
    for (const std::string_view scheme : {"mailto:", "https://", "tel:"})
        if (one.starts_with(scheme)) return contact;
    return "mailto:" + contact;
}

}  // namespace

std::optional<std::string> security_text(const about& of, const lang::languages& languages) {
    if (of.security.empty() || !of.day) return std::nullopt;
    std::string out = "Contact: " + as_uri(of.security) + "\n";
    out += "Expires: " + (*of.day + security_days).text() + "T00:00:00Z\n";
    out += "Preferred-Languages: ";
    for (const auto& one : languages.all())
        out += (&one == &languages.all().front() ? "" : ", ") + one.code();
    return out + "\nCanonical: https://" + of.host + "/.well-known/security.txt\n";
}

std::string robots_text() { return "User-agent: *\nDisallow: /v1/\n"; }

}  // namespace pages
