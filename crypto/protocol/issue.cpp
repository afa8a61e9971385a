#include "crypto/protocol/issue.hpp"

#include "crypto/protocol/sealing.hpp"

namespace protocol {

std::expected<issued_key, crypto::errc> issue_epoch_key(std::string_view loket, epoch week,
                                                        std::span<const membership> members,
                                                        const crypto::sign_keys& lead) {
    auto keys = crypto::box_keys::random();
    issued_key out;
    out.key.loket = loket;
    out.key.epoch = week;
    out.key.public_key = keys.public_key;
    sign_document(out.key, lead);
    for (const auto& member : members) {
        if (!member.reads()) continue;
        auto wrapped = wrap(keys, member.box_key);
        if (!wrapped) return std::unexpected(wrapped.error());
        out.wraps.emplace_back(member.lid, std::move(*wrapped));
    }
    return out;
}

membership issue_membership(std::string_view loket, const crypto::uuid& lid,
                            const crypto::sign_public& sign_key, const crypto::box_public& box_key,
                            std::string_view rol, day today, const crypto::sign_keys& lead,
                            std::optional<day> until) {
    membership out;
    out.loket = loket;
    out.lid = lid;
    out.sign_key = sign_key;
    out.box_key = box_key;
    out.rol = rol;
    out.van = today;
    out.tot = until.value_or(today + membership_days);
    sign_document(out, lead);
    return out;
}

stand issue_stand(const std::optional<stand>& previous, std::string_view loket,
                  std::vector<std::string> leden, std::vector<std::string> sleutels, day today,
                  const crypto::sign_keys& lead) {
    stand out;
    out.loket = loket;
    out.versie = previous ? previous->versie + 1 : 1;
    out.vorige = previous ? previous->hash : std::string();
    out.datum = today;
    out.tot = today + stand_days;
    out.leden = std::move(leden);
    out.sleutels = std::move(sleutels);
    sign_document(out, lead);
    return out;
}

}  // namespace protocol
