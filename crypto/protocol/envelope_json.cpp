#include "crypto/protocol/envelope_json.hpp"

#include <algorithm>
#include <set>

#include "crypto/protocol/documents.hpp"

namespace protocol {
namespace {

constexpr std::size_t most_recipients = 4;
constexpr std::size_t most_attachments = 10;
constexpr std::array<std::size_t, 4> posted_sizes{8192, 24576, 90112, 352256};

void check_suite(reading& r, const faults& found) {
    auto before = found.size();
    auto suite = r.text("suite", 64);
    if (found.size() == before && suite != "baken-1") r.add("suite", "waarde", "The suite must be baken-1.");
}

// Who may receive a report: one to four desks, none twice, exactly one first, at most one fallback and it
// only when urgent.
void check_recipients(const std::vector<recipient>& list, bool spoed, faults& found) {
    std::set<std::string_view> seen;
    std::size_t first = 0, fallback = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string at = "/ontvangers/" + std::to_string(i);
        if (!list[i].voor.empty() && !seen.insert(list[i].voor).second)
            found.push_back({at + "/voor", "dubbel", "This recipient is here twice."});
        if (list[i].rol == "eerste") ++first;
        if (list[i].rol == "achtervang" && ++fallback == 1 && !spoed)
            found.push_back({at + "/rol", "achtervang", "Only an urgent report has a fallback desk."});
    }
    if (!list.empty() && first != 1)
        found.push_back({"/ontvangers", "eerste", "Exactly one recipient must have the role eerste."});
    if (fallback > 1)
        found.push_back({"/ontvangers", "achtervang", "At most one recipient may have the role achtervang."});
}

void read_recipients(reading& r, posted_report& out, faults& found) {
    r.each("ontvangers", most_recipients, [&](const json::value& value, std::string at) {
        const auto* object = value.if_object();
        if (!object) return found.push_back({std::move(at), "type", "A recipient must be an object."});
        auto one = read_recipient(*object, at, found, unknown::refuse);
        if (one.voor.starts_with("postbus:"))
            found.push_back({at + "/voor", "loket", "A report goes to desks, not to a mailbox."});
        out.envelope.ontvangers.push_back(std::move(one));
    });
}

}  // namespace

std::string_view recipient::desk() const {
    std::string_view view = voor;
    return view.starts_with("loket:") ? view.substr(6) : std::string_view();
}

recipient read_recipient(const json::object& object, std::string at, faults& found, unknown policy) {
    reading r(object, std::move(at), found, policy);
    recipient out;
    // Only what was read as a text is judged further; an empty text is no desk and no week either.
    auto before = found.size();
    out.voor = r.text("voor", 64);
    bool is_mailbox = out.voor.starts_with("postbus:");
    if (found.size() == before && !is_mailbox && !(out.voor.starts_with("loket:") && is_desk_id(out.desk())))
        r.add("voor", "formaat", "A recipient is loket: and the id of a desk.");
    out.rol = r.one_of("rol", {"eerste", "mede", "achtervang"});
    if (!is_mailbox) {
        before = found.size();
        out.epoch = epoch::parse(r.text("epoch", 16));
        if (found.size() == before && !out.epoch)
            r.add("epoch", "formaat", "An epoch is an ISO week as 2026-W47.");
        out.sleutel = r.block<8>("sleutel");
    }
    auto key = r.binary("sealedKey");
    if (!key.empty() && key.size() != crypto::sealed_key_size)
        r.add("sealedKey", "lengte", "A sealed key is 96 bytes in base64url.");
    out.sealed_key = crypto::sealed::received(std::move(key));
    r.finish();
    return out;
}

posted_report read_posted_report(const json::object& object, faults& found) {
    reading r(object, "", found, unknown::refuse);
    posted_report out;
    out.envelope.id = r.id("id");
    check_suite(r, found);
    out.spoed = r.boolean("spoed");
    read_recipients(r, out, found);
    if (r.has("ontvangers") && out.envelope.ontvangers.empty() && object.at("ontvangers").is_array() &&
        object.at("ontvangers").as_array().empty())
        r.add("ontvangers", "vereist", "A report needs one to four recipients.");
    check_recipients(out.envelope.ontvangers, out.spoed, found);
    auto body = r.binary("body");
    if (!body.empty() && !crypto::is_body_size(body.size()))
        r.add("body", "lengte", "A body is 4096, 16384, 65536 or 262144 bytes in base64url.");
    out.envelope.body = crypto::sealed::received(std::move(body));
    if (r.has("bijlagen")) {
        for (const auto& text : r.texts("bijlagen", most_attachments, 64)) {
            auto id = crypto::uuid::parse(text);
            if (!id)
                r.add("bijlagen", "formaat", "An attachment is named by a random UUIDv4 in lower case.");
            else if (std::find(out.bijlagen.begin(), out.bijlagen.end(), *id) != out.bijlagen.end())
                r.add("bijlagen", "dubbel", "An attachment is here twice.");
            else
                out.bijlagen.push_back(*id);
        }
    }
    if (const auto* postbus = r.object_or_null("postbus")) {
        reading inner(*postbus, "/postbus", found, unknown::refuse);
        auto before = found.size();
        auto key = inner.block<32>("signKey");
        inner.finish();
        if (found.size() == before) out.mailbox_key = key;
    }
    (void)r.text_or_empty("vulling", 524288);  // filling: its length hid the rest, and it says nothing
    r.finish();
    return out;
}

json::object to_json(const recipient& recipient) {
    json::object out;
    out["voor"] = recipient.voor;
    if (recipient.epoch) {
        out["epoch"] = recipient.epoch->text();
        out["sleutel"] = crypto::b64u(recipient.sleutel);
    }
    out["rol"] = recipient.rol;
    out["sealedKey"] = crypto::b64u(recipient.sealed_key.view());
    return out;
}

std::string write_posted_report(const posted_report& report) {
    json::object out;
    out["id"] = report.envelope.id.text();
    out["suite"] = "baken-1";
    json::array recipients;
    for (const auto& one : report.envelope.ontvangers) recipients.push_back(to_json(one));
    out["ontvangers"] = std::move(recipients);
    out["body"] = crypto::b64u(report.envelope.body.view());
    out["spoed"] = report.spoed;
    json::array files;
    for (const auto& id : report.bijlagen) files.push_back(json::string(id.text()));
    out["bijlagen"] = std::move(files);
    out["postbus"] = nullptr;
    if (report.mailbox_key) out["postbus"] = json::object{{"signKey", crypto::b64u(*report.mailbox_key)}};
    out["vulling"] = "";
    std::string text = to_text(out);
    auto at = std::find(crypto::body_sizes.begin(), crypto::body_sizes.end(), report.envelope.body.size());
    if (at != crypto::body_sizes.end()) {
        std::size_t wanted = posted_sizes[static_cast<std::size_t>(at - crypto::body_sizes.begin())];
        // The text ends in `"vulling":""}`: the zeros go between the two quotes.
        if (text.size() < wanted) text.insert(text.size() - 2, wanted - text.size(), '0');
    }
    return text;
}

}  // namespace protocol
