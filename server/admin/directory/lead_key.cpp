#include "server/admin/directory/lead_key.hpp"

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "client/here/member_card.hpp"
#include "crypto/encoding.hpp"

namespace admin {
namespace {

constexpr std::size_t largest_card = 64u << 10;

client::result<crypto::sign_public> of_card(const std::string& path, std::string_view desk) {
    auto text = client::read_file(path, largest_card);
    if (!text)
        return client::refuse(
            fmt::format("--lead: {} is not a public key (43 characters, as `baken desk keygen` prints "
                        "them), and as a card: {}",
                        path, text.error().sentence),
            client::wrong_use);
    // As a lead enrols it: one that was changed on its way could name another's lead key.
    auto card = client::read_card(*text, path);
    if (!card) return client::refuse(card.error().sentence, client::wrong_use);
    if (!card->lead_key)
        return client::refuse(
            fmt::format("{} is the card of a {}, not of a lead (beheerder); ask for that of a lead.", path,
                        card->rol),
            client::wrong_use);
    if (!crypto::can_verify_with(*card->lead_key))
        return client::refuse(path + " is not a card of `baken desk keygen`; ask the lead for FILE.key.pub.",
                              client::wrong_use);
    if (card->loket != desk)
        return client::refuse(
            fmt::format("{} is the card of a lead of desk {}, not of {}; a lead has a key of "
                        "their own for each desk.",
                        path, card->loket, desk),
            client::wrong_use);
    return *card->lead_key;
}

}  // namespace

client::result<crypto::sign_public> read_lead_key(const std::string& given, std::string_view desk) {
    const auto key = crypto::block_from_b64u<32>(given);
    if (key && crypto::can_verify_with(*key)) return *key;
    constexpr std::size_t key_size = 43;
    if (key || (given.size() == key_size && given.find_first_of("/.") == std::string::npos))
        return client::refuse(
            fmt::format("--lead: {} is not a public key; copy the 43 characters that `baken desk keygen` "
                        "prints, or name the card FILE.key.pub.",
                        given),
            client::wrong_use);
    return of_card(given, desk);
}

}  // namespace admin
