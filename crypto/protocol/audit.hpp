// What a desk's trail holds against whoever kept it (protocol §7): line by line, its chain, the officer's own
// signature over each request, that the line says what was signed, and that no request stands twice; and
// heads that others saw, so that a trail cut at its end shows. What it cannot show: what was never asked of
// the server, and what a desk's own program did not report.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/trail.hpp"

namespace protocol {

// Who may have signed: the keys of each `lid` (uuid of a membership, or beheerder:<kid>), whenever it was in
// force.
using trail_signers = std::map<std::string, std::vector<crypto::sign_public>, std::less<>>;

// Of a desk: its leads in each of these directories, and whom they made members. directories: verified;
// memberships: tokens, of which those that none of these leads signed for this desk are left out.
[[nodiscard]] trail_signers signers_of(std::string_view desk, std::span<const gids> directories,
                                       std::span<const std::string> memberships);

struct audit_fault {
    std::int64_t regel = 0;
    std::string sentence;  // "line 5 …", plain, without a full stop
};

class audit {
  public:
    // signers must outlive it.
    audit(std::string desk, const trail_signers& signers) : desk_(std::move(desk)), signers_(signers) {}

    // That the trail once ended so; who: whoever says it, as in "the daily head of 2026-11-21". Before the
    // lines.
    void expect(const trail_head& head, std::string who);
    // The next line's bytes.
    void take(std::string_view bytes);
    // After the last line; every fault, by line.
    [[nodiscard]] std::vector<audit_fault> finish();

    [[nodiscard]] const trail_head& head() const { return head_; }

  private:
    void judge(const trail_line& line);
    void judge_signed(const trail_line& line);
    void judge_unsigned(const trail_line& line);
    void fault(std::string_view what);

    struct expected_head {
        std::string hash, who;
    };
    std::string desk_;
    const trail_signers& signers_;
    std::multimap<std::int64_t, expected_head> expected_;
    trail_head head_;
    std::map<crypto::signature, std::int64_t> signed_;  // in which line each request stands
    std::vector<audit_fault> faults_;
};

}  // namespace protocol
