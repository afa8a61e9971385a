// The composition root: every part of the running server as a member, in order of dependency.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <span>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/async/held.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admission/gate.hpp"
#include "server/admission/volume.hpp"
#include "server/api/endpoints.hpp"
#include "server/config/config.hpp"
#include "server/config/lock.hpp"
#include "server/guides.hpp"
#include "server/intake/mailboxes.hpp"
#include "server/jobs/nightly.hpp"
#include "server/net/server.hpp"
#include "server/net/service.hpp"
#include "server/pages/pages.hpp"
#include "server/store/store.hpp"
#include "server/trust/authenticate.hpp"
#include "server/trust/registry.hpp"

// Not in a namespace of a room: it is what the rooms are put together into.
class app final : public net::service {
  public:
    // Opens every part; a sentence that says what does not open, and the mend.
    [[nodiscard]] static std::expected<std::unique_ptr<app>, std::string> open(config::config config);
    ~app() override;

    // Serves until SIGTERM or SIGINT, then drains. SIGHUP reads certificates and data again; of many at once
    // one reading comes, and none once the end was asked for.
    void run();

    std::uint16_t sender(std::span<const std::uint8_t> front) override;
    std::expected<std::size_t, http::response> admit(const http::head& head) override;
    async::task<http::response> answer(http::request request) override;
    void felt(std::size_t context, std::chrono::microseconds delay) override;
    bool brings_report(const http::head& head) const override;
    bool give_way() override { return endpoints_.give_way(); }
    http::response refuse(unsigned status, std::string_view why, std::string_view path) override;

  private:
    app(config::config config, config::lock lock, std::unique_ptr<store::store> store, guides guides,
        std::vector<jobs::profile> profiles, std::optional<crypto::sign_keys> log_key);
    [[nodiscard]] std::expected<void, std::string> open_pages();
    [[nodiscard]] std::expected<void, std::string> listen();
    // Soon, and once for all who ask until then.
    void reload_soon();
    void reload();
    // Of the configuration only the pinned roots: those change while a server must go on.
    [[nodiscard]] bool reload_roots();
    // For the operator, at the start, after reading again and once a day: what somebody must do; of it what
    // the guide and the hours of the desks need.
    void tell_alarms() { nightly_.tell_alarms(clock_.today()); }
    void tell_of_guide(protocol::day today);
    void wait_for_signals();
    // How much room there is, every so often.
    [[nodiscard]] async::task<void> watch_disk();
    void look_at_disk();
    // Where other servers take documents of trust, the pages follow too.
    [[nodiscard]] async::task<void> follow_trust();

    config::config config_;
    config::lock lock_;
    protocol::system_clock clock_;
    std::unique_ptr<store::store> store_;
    async::held<guide::gemeenten> gemeenten_;
    async::held<guide::staffing> staffing_;
    async::held<guide::codes> codes_;
    async::held<guide::handbook> handbook_;
    trust::registry registry_;
    trust::gatekeeper gatekeeper_;
    jobs::nightly nightly_;
    receipts::mailboxes mailboxes_{{.threads = net::thread_count(0)}};
    admission::gate gate_;
    admission::volume volume_;
    api::endpoints endpoints_;
    std::unique_ptr<pages::pages> pages_;
    std::unique_ptr<net::server> server_;
    boost::asio::io_context main_{1};
    boost::asio::signal_set signals_{main_};
    boost::asio::steady_timer reload_timer_{main_};
    bool reload_asked_ = false, ending_ = false;
};
