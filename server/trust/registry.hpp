// The current snapshot, and how it changes: a document is verified, stored, and in force when its
// answer leaves. Verifying and building is done by a thread of its own, not by those that serve.
#pragma once

#include <atomic>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "base/async/task.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/store/store.hpp"
#include "server/trust/aside.hpp"
#include "server/trust/snapshot.hpp"

namespace trust {

// Why a document was not taken.
struct refused {
    enum class kind {
        faults,    // 400: what is wrong stands in `faults`
        conflict,  // 409: versie or vorige does not follow
        too_many,  // 429: so many documents of the desk wait for a stand already
        store,     // 503
    };
    kind why = kind::faults;
    protocol::faults faults;
    static refused at(std::string location, std::string code, std::string_view sentence);
};

struct taken {
    bool fresh = true;  // false: it was here already
    std::string hash;
    store::head head;  // of the desk's trail (not for a directory)
};

class registry {
  public:
    registry(store::store& store, std::vector<crypto::sign_public> roots, const protocol::clock& clock)
        : store_(store), roots_(std::move(roots)), clock_(clock) {}

    // Nothing before the first directory.
    [[nodiscard]] std::shared_ptr<const snapshot> now() const;
    // GET /v1/sleutelgids of today, rendered once a change or day.
    struct rendered {
        std::shared_ptr<const std::string> bytes;  // null before the first directory
        std::string hash;
    };
    [[nodiscard]] rendered published();
    // Where other servers write into the store too: reads again what they changed. What stands in force
    // anywhere stands in force here from then on.
    [[nodiscard]] async::task<std::expected<void, store::errc>> freshen();
    // Reads everything again from the store.
    [[nodiscard]] async::task<std::expected<void, store::errc>> reload();
    // How many documents were verified so far: each once, while the leads who signed them stay; a directory
    // each time that it is handed in.
    [[nodiscard]] std::int64_t verified_documents() const { return verified_; }
    // Other roots from now on. False, and the ones before stay, where the newest directory is signed by none
    // of them: nothing would be in force.
    [[nodiscard]] async::task<std::expected<bool, store::errc>> pin(std::vector<crypto::sign_public> roots);

    [[nodiscard]] async::task<std::expected<taken, refused>> take_gids(std::string token, std::string table);
    [[nodiscard]] async::task<std::expected<taken, refused>> take_membership(
        std::string desk, std::string token, std::vector<store::wrap_row> wraps, store::trail_write trail);
    [[nodiscard]] async::task<std::expected<taken, refused>> take_epoch_key(
        std::string desk, std::string token, std::vector<store::wrap_row> wraps, store::trail_write trail);
    [[nodiscard]] async::task<std::expected<taken, refused>> take_stand(std::string desk, std::string token,
                                                                        store::trail_write trail);

  private:
    template <class Document>
    using read_document = std::expected<std::shared_ptr<const Document>, protocol::errc>;
    // Verified aside, where it was not before.
    template <class Document>
    [[nodiscard]] async::task<std::expected<std::shared_ptr<const Document>, refused>> read(
        verified_kind<Document>& known, std::shared_ptr<const snapshot> current, std::string desk,
        std::string token, std::string location);
    // A directory with its table, as the next one; aside.
    [[nodiscard]] std::expected<protocol::gids, refused> read_gids(const std::string& token,
                                                                   const std::string& table,
                                                                   const snapshot* current) const;
    [[nodiscard]] async::task<std::expected<taken, refused>> filed(
        std::expected<store::added_document, store::errc> added, std::string hash);
    // Until at least this generation is in force.
    [[nodiscard]] async::task<std::expected<void, store::errc>> catch_up(std::int64_t generation);
    [[nodiscard]] std::expected<void, store::errc> load(std::int64_t generation);  // aside
    [[nodiscard]] std::vector<crypto::sign_public> roots() const;

    store::store& store_;
    std::vector<crypto::sign_public> roots_;  // under the mutex, as what follows
    const protocol::clock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const snapshot> now_;
    rendered published_;
    protocol::day published_on_;
    verified known_;  // only aside
    std::atomic<std::int64_t> verified_ = 0;
    static constexpr int most_directories = 4;  // that are verified, or wait for it, at once
    std::atomic<int> directories_waiting_ = 0;
    aside aside_;  // last: it works with the others
};

}  // namespace trust
