#include "crypto/protocol/sealing.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace protocol {
namespace {

bool same_recipients(const std::vector<recipient>& outside, const std::vector<routed_desk>& inside) {
    std::vector<std::pair<std::string, std::string>> a, b;
    for (const auto& one : outside) a.emplace_back(one.desk(), one.rol);
    for (const auto& one : inside) b.emplace_back(one.desk, one.rol);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

std::expected<crypto::content_key, open_errc> content_key_of(
    const received_report& received, std::string_view desk,
    const std::map<crypto::block<8>, crypto::box_keys>& secrets) {
    const auto& list = received.envelope.ontvangers;
    auto own = std::find_if(list.begin(), list.end(), [&](const recipient& r) { return r.desk() == desk; });
    if (own == list.end()) return std::unexpected(open_errc::not_a_recipient);
    auto secret = secrets.find(own->sleutel);
    if (secret == secrets.end()) return std::unexpected(open_errc::no_secret);
    auto key = crypto::open_key(own->sealed_key.view(), received.envelope.id, secret->second);
    if (!key) return std::unexpected(open_errc::not_opened);
    return std::move(*key);
}

// A desk's key to seal to today, as its recipient; low_order_key.
std::expected<recipient, crypto::errc> sealed_to(const epoch_key& reader, const std::string& desk,
                                                 const std::string& rol, const crypto::content_key& key,
                                                 const crypto::uuid& id) {
    auto sealed = crypto::seal_key(key, id, reader.public_key);
    if (!sealed) return std::unexpected(sealed.error());
    recipient out;
    out.voor = "loket:" + desk;
    out.rol = rol;
    out.epoch = reader.epoch;
    out.sleutel = crypto::key_mark(reader.public_key);
    out.sealed_key = std::move(*sealed);
    return out;
}

}  // namespace

std::string_view text(seal_errc error) {
    switch (error) {
        case seal_errc::too_long:
            return "The report is too long to be sealed in one piece: shorten it to about 250,000 "
                   "characters.";
        case seal_errc::no_key:
            return "No desk has a key to seal to; nothing was sent. Call 112 in danger, or try again later.";
        case seal_errc::low_order:
            return "A desk published a key that cannot be sealed to; nothing was sent.";
    }
    return "Unknown fault.";
}

std::string_view text(alarm alarm) {
    switch (alarm) {
        case alarm::urgency_differs:
            return "The server shows another urgency than the reporter sealed.";
        case alarm::recipients_differ:
            return "The server shows other recipients than the reporter chose.";
        case alarm::unknown_directory:
            return "The report was routed by a directory that was never seen here.";
    }
    return "Unknown alarm.";
}

std::string_view text(open_errc error) {
    switch (error) {
        case open_errc::not_a_recipient:
            return "This report is not sealed to your desk, so it cannot be opened here.";
        case open_errc::no_secret:
            return "This report is sealed to a week of which you hold no key; ask a lead of your desk.";
        case open_errc::not_opened:
            return "This report does not open with your desk's key: it was damaged or swapped, or sealed "
                   "to a key that your desk lost. Tell a lead.";
        case open_errc::wrong_report:
            return "What is sealed inside is not the report that the server names. Tell a lead.";
        case open_errc::other_recipients:
            return "The server shows other recipients than the reporter chose; it was not sealed again. Tell "
                   "a "
                   "lead.";
        case open_errc::wrong_mailbox:
            return "The mailbox the server shows is not the reporter's own. Do not answer; tell a lead.";
    }
    return "Unknown fault.";
}

std::expected<posted_report, seal_errc> seal_report(report& report, const decision& decision,
                                                    const directory& directory, const routing_table& table,
                                                    day today, const crypto::uuid& id,
                                                    const std::optional<mailbox_keys>& mailbox) {
    auto text = report.complete(id, decision, {directory.newest().versie, directory.newest().hash}, mailbox);
    auto key = crypto::content_key::random();
    auto body = crypto::seal_body(text, key, crypto::kind::melding, id);
    if (!body) return std::unexpected(seal_errc::too_long);
    posted_report out;
    out.envelope.id = id;
    out.envelope.body = std::move(*body);
    out.spoed = decision.spoed;
    if (mailbox) out.mailbox_key = mailbox->sign_key;
    for (const auto& [desk, rol] : decision.ontvangers) {
        const auto* reader = directory.usable_key(desk, today, table.standaard());
        if (!reader) return std::unexpected(seal_errc::no_key);
        auto one = sealed_to(*reader, desk, rol, key, id);
        if (!one) return std::unexpected(seal_errc::low_order);
        out.envelope.ontvangers.push_back(std::move(*one));
    }
    return out;
}

std::expected<opened_report, open_errc> open_report(
    const received_report& received, std::string_view desk,
    const std::map<crypto::block<8>, crypto::box_keys>& secrets,
    const std::function<bool(const directory_mark&)>& known) {
    const auto& list = received.envelope.ontvangers;
    const auto& id = received.envelope.id;
    auto key = content_key_of(received, desk, secrets);
    if (!key) return std::unexpected(key.error());
    auto body = crypto::open_body(received.envelope.body.view(), *key, crypto::kind::melding, id);
    if (!body) return std::unexpected(open_errc::not_opened);
    auto read = report::read(*body);
    if (!read || read->id() != id) return std::unexpected(open_errc::wrong_report);

    auto postbus = read->postbus();
    std::optional<std::string> inside;
    if (postbus) inside = crypto::mailbox_id(postbus->sign_key);
    if (inside != received.mailbox) return std::unexpected(open_errc::wrong_mailbox);

    opened_report out{std::move(*read), {}};
    if (out.report.spoed() != received.spoed) out.alarms.push_back(alarm::urgency_differs);
    if (!same_recipients(list, out.report.ontvangers())) out.alarms.push_back(alarm::recipients_differ);
    if (!known(out.report.gids())) out.alarms.push_back(alarm::unknown_directory);
    return out;
}

std::expected<std::vector<recipient>, open_errc> reseal(
    const received_report& received, std::string_view desk,
    const std::map<crypto::block<8>, crypto::box_keys>& secrets, const directory& directory,
    const routing_table& table, day today) {
    const auto& id = received.envelope.id;
    auto key = content_key_of(received, desk, secrets);
    if (!key) return std::unexpected(key.error());
    auto body = crypto::open_body(received.envelope.body.view(), *key, crypto::kind::melding, id);
    if (!body) return std::unexpected(open_errc::not_opened);
    auto read = report::read(*body);
    if (!read || read->id() != id) return std::unexpected(open_errc::wrong_report);
    // Only whom the reporter chose: a server could name any desk outside, and would be handed K for it.
    if (!same_recipients(received.envelope.ontvangers, read->ontvangers()))
        return std::unexpected(open_errc::other_recipients);
    std::vector<recipient> out;
    for (const auto& had : received.envelope.ontvangers) {
        const std::string other(had.desk());
        const auto* reader = directory.usable_key(other, today, table.standaard());
        if (!reader || crypto::key_mark(reader->public_key) == had.sleutel) continue;
        if (auto one = sealed_to(*reader, other, had.rol, *key, id)) out.push_back(std::move(*one));
    }
    return out;
}

std::expected<crypto::box_keys, errc> open_wrap(crypto::byte_view wrap, const crypto::box_keys& member,
                                                const epoch_key& key) {
    auto opened = crypto::open_box(wrap, member);
    if (!opened) return std::unexpected(errc::wrong_secret);
    auto secret = crypto::box_secret::from(opened->view());
    if (!secret) return std::unexpected(errc::wrong_secret);
    auto keys = crypto::box_keys::from(std::move(*secret));
    if (keys.public_key != key.public_key) return std::unexpected(errc::wrong_secret);
    return keys;
}

std::expected<crypto::sealed, crypto::errc> wrap(const crypto::box_keys& epoch_keys,
                                                 const crypto::box_public& member) {
    return crypto::seal_box(epoch_keys.secret_key.view(), member);
}

}  // namespace protocol
