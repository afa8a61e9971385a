// bench_peer: a server of our own to hold bakend against, over the same connections and threads. It reads a
// demonstration's configuration, listens on a port of its own and serves until SIGTERM.
//
//   --config FILE --port N --what canned --answer FILE --status N --type T
//       any body is read, the answer is always the same
//   --config FILE --port N --what unstored               bakend's pages and interface; reports are not stored
//   --config FILE --port N --what single                 the same; every report has a commit of its own
#include <csignal>
#include <fstream>
#include <iterator>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include "base/async/run_now.hpp"
#include "base/process/guard.hpp"
#include "crypto/plain.hpp"
#include "server/api/endpoints.hpp"
#include "server/config/config.hpp"
#include "server/http/problem.hpp"
#include "server/net/server.hpp"
#include "server/net/tls_memory.hpp"
#include "server/pages/pages.hpp"
#include "server/store/open.hpp"
#include "tests/bench/arguments.hpp"
#include "tests/bench/stores.hpp"

namespace {

template <class T, class E>
T opened(std::expected<T, E> result, std::string_view what) {
    if (result) return std::move(*result);
    fmt::print(stderr, "bench_peer: {} does not open\n", what);
    std::exit(1);
}

class canned final : public net::service {
  public:
    canned(const std::string& file, unsigned status, std::string type)
        : status_(status), type_(std::move(type)) {
        std::ifstream in(file, std::ios::binary);
        body_ = std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                                    std::istreambuf_iterator<char>());
    }
    std::expected<std::size_t, http::response> admit(const http::head&) override { return 512u << 10; }
    async::task<http::response> answer(http::request) override {
        http::response out;
        out.status = status_;
        out.content_type = type_;
        out.shared_body = body_;
        co_return out;
    }
    void felt(std::size_t, std::chrono::microseconds) override {}
    http::response refuse(unsigned status, std::string_view why, std::string_view) override {
        return http::problem(status, "Request refused", why);
    }

  private:
    unsigned status_;
    std::string type_;
    std::shared_ptr<const std::string> body_;
};

// bakend's parts as its app puts them together, over another store.
class like_bakend final : public net::service {
  public:
    like_bakend(const config::config& config, store::store& store)
        : store_(store),
          gemeenten_(std::make_shared<const guide::gemeenten>(
              opened(guide::gemeenten::load(config.schema), "schema"))),
          staffing_(std::make_shared<const guide::staffing>(
              opened(guide::staffing::load(config.schema), "schema"))),
          codes_(std::make_shared<const guide::codes>(opened(guide::codes::load(config.schema), "schema"))),
          handbook_(
              opened(guide::handbook::load(config.schema, *gemeenten_.get(), clock_.today()), "schema")),
          registry_(store, config.roots, clock_),
          gatekeeper_(registry_, store, clock_),
          gate_(net::thread_count(config.threads), [this] { return store_.pressure(); }),
          endpoints_({store, registry_, gatekeeper_, gemeenten_, codes_, handbook_, clock_, gate_, volume_,
                      staffing_, [](const store::listed_report&) { return std::nullopt; }}),
          pages_(opened(pages::pages::open({store, registry_, mailboxes_, gemeenten_, staffing_, handbook_,
                                            clock_, gate_, volume_},
                                           config.languages),
                        "pages")) {
        if (!async::run_now(registry_.reload())) std::exit(1);
    }
    ~like_bakend() override {
        mailboxes_.close();
        store_.close();
    }
    std::expected<std::size_t, http::response> admit(const http::head& head) override {
        return head.path.starts_with("/v1/") ? endpoints_.admit(head) : pages_->admit(head);
    }
    async::task<http::response> answer(http::request request) override {
        if (request.head.path.starts_with("/v1/")) co_return co_await endpoints_.answer(request);
        co_return co_await pages_->answer(std::move(request));
    }
    void felt(std::size_t context, std::chrono::microseconds delay) override { gate_.felt(context, delay); }
    http::response refuse(unsigned status, std::string_view, std::string_view path) override {
        return pages_->refuse(path, status);
    }

  private:
    store::store& store_;
    protocol::system_clock clock_;
    async::held<guide::gemeenten> gemeenten_;
    async::held<guide::staffing> staffing_;
    async::held<guide::codes> codes_;
    async::held<guide::handbook> handbook_;
    trust::registry registry_;
    trust::gatekeeper gatekeeper_;
    receipts::mailboxes mailboxes_{{.threads = net::thread_count(0)}};
    admission::gate gate_;
    admission::volume volume_;
    api::endpoints endpoints_;
    std::unique_ptr<pages::pages> pages_;
};

void serve(net::service& service, net::server& server) {
    boost::asio::io_context main(1);
    boost::asio::signal_set signals(main, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code, int) { server.drain(); });
    server.start(service);
    main.run();
    server.join();
}

}  // namespace

int main(int argc, char** argv) {
    const bench::arguments given(argc, argv);
    if (!net::wipe_tls_memory()) return 1;
    (void)process::guard();
    crypto::start();
    const auto config = opened(config::read(given.text("--config")), "configuration");
    const auto port = static_cast<std::uint16_t>(given.number("--port"));
    net::options options;
    options.listen.push_back({"127.0.0.1", port, true});
    options.tls = {config.certificate.string(), config.certificate_key.string()};
    options.names = {fmt::format("localhost:{}", port)};
    const auto& what = given.text("--what");
    std::unique_ptr<store::store> store, changed;
    std::unique_ptr<net::service> service;
    if (what == "canned") {
        service = std::make_unique<canned>(
            given.text("--answer"), static_cast<unsigned>(given.number("--status")), given.text("--type"));
    } else {
        // One commit after the other as fast as they go: none waits for company that never comes.
        store::limits hasty;
        hasty.pace = {};
        store = opened(store::open(config.store, hasty), "database");
        if (what == "single")
            changed = std::make_unique<bench::single_store>(*store);
        else
            changed = std::make_unique<bench::forgetful_store>(*store);
        service = std::make_unique<like_bakend>(config, *changed);
    }
    auto server = opened(net::server::open(std::move(options)), "port");
    serve(*service, *server);
    service.reset();
    return 0;
}
