// The report document (protocol §4). It holds what a reporter wrote, so it lives in wiped memory and comes
// out of this type only sealed, or where an officer opens it.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/routing.hpp"

namespace protocol {

// Which directory a report was routed by.
struct directory_mark {
    std::int64_t versie = 0;
    std::string hash;
    bool operator==(const directory_mark&) const = default;
};

struct mailbox_keys {
    crypto::box_public box_key{};
    crypto::sign_public sign_key{};
};

class report {
  public:
    // From what a reporter or an integrator wrote: the members of §4 except type, versie, id, bijlagen,
    // ontvangers, gids and postbus, which sealing adds. rol, vormen, minderjarig and wat are required; rol
    // may be any of the ten of api.md. All faults at once; unknown members are faults, so that a typing error
    // loses nothing silently.
    [[nodiscard]] static std::expected<report, faults> draft(std::string_view json_text);
    [[nodiscard]] static std::expected<report, faults> draft(const json::object& written);

    // From an opened body: unknown members ignored. bad_json, unknown_version, bad_document.
    [[nodiscard]] static std::expected<report, errc> read(const crypto::plain& json_text);

    // The same place by another code: where its municipality went up in another one.
    void move_to(std::string_view gemeente) { members_["gemeente"] = gemeente; }

    [[nodiscard]] routed_facts facts() const;
    [[nodiscard]] crypto::uuid id() const { return id_; }
    [[nodiscard]] bool spoed() const;
    [[nodiscard]] std::vector<routed_desk> ontvangers() const;
    [[nodiscard]] directory_mark gids() const;
    [[nodiscard]] std::optional<mailbox_keys> postbus() const;
    // Every member, for showing; strings are plaintext.
    [[nodiscard]] const json::object& members() const { return members_; }

    // The finished document as it will be sealed: id, decision, directory and mailbox put in.
    [[nodiscard]] crypto::plain complete(const crypto::uuid& id, const decision& decision,
                                         const directory_mark& gids,
                                         const std::optional<mailbox_keys>& postbus);

  private:
    json::object members_{wiping_storage()};
    crypto::uuid id_;
};

}  // namespace protocol
