#include "server/app.hpp"

#include <csignal>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "base/async/run_now.hpp"
#include "base/process/user.hpp"
#include "base/watch/log.hpp"
#include "server/api/answers.hpp"
#include "server/config/log_key.hpp"
#include "server/configured.hpp"
#include "server/guide/facts.hpp"
#include "server/http/problem.hpp"
#include "server/jobs/retention.hpp"
#include "server/store/open.hpp"

namespace {

admission::limits limits_of(const config::shedding& wanted) {
    admission::limits out;
    out.reading.delay = wanted.reading;
    out.writing.delay = wanted.writing;
    out.rescue.delay = wanted.rescue;
    return out;
}

pages::about about_of(const config::config& config) {
    const auto& of = config.about;
    return {of.name,
            of.controller,
            of.contact,
            of.security,
            of.day,
            config.names.front(),
            config.retention.has_value()};
}

admission::volume::limits limits_of(const config::config& config) {
    constexpr auto mebibyte = admission::volume::mebibyte;
    admission::volume::limits out;
    out.large = config.disk_large * mebibyte;
    out.small = config.disk_small * mebibyte;
    out.urgent = config.disk_urgent * mebibyte;
    out.hour = config.intake_hour * mebibyte;
    return out;
}

// The interface of programs; everything else is a page.
bool is_interface(std::string_view path) { return path == "/v1" || path.starts_with("/v1/"); }

// Where the file is missing the server serves without it: reports matter more than daily heads. One that
// others can read, or that holds no key, is a mistake to be mended before anybody relies on it.
std::expected<std::optional<crypto::sign_keys>, std::string> read_log_key(const config::config& config) {
    const auto file = config.data / "logboek.key";
    auto read = config::read_log_key(file);
    if (read) return std::move(*read);
    std::error_code error;
    const bool missing =
        std::filesystem::symlink_status(file, error).type() == std::filesystem::file_type::not_found;
    if (!missing) return std::unexpected(std::move(read.error()));
    watch::fault("the log key cannot be used: no daily heads are signed",
                 {{"why", watch::configured{read.error()}}});
    return std::nullopt;
}

// Everything below /v1/ says which version of the interface it is.
void mark(http::response& response) { response.with("API-Version", "1.0.0"); }

}  // namespace

std::expected<std::unique_ptr<app>, std::string> app::open(config::config config) {
    if (auto ok = check_names(config.names); !ok) return std::unexpected(std::move(ok.error()));
    if (auto ok = check_private(config.certificate_key); !ok) return std::unexpected(std::move(ok.error()));
    auto lock = config::lock::take(config.data);
    if (!lock)
        return std::unexpected(fmt::format("{}: {}{}", config.data.string(), config::text(lock.error()),
                                           lock.error() == config::errc::cannot_lock
                                               ? " This runs as user " + process::user_name() + "."
                                               : ""));
    auto store = store::open(config.store, {}, store::absent::refuse);
    if (!store)
        return std::unexpected(fmt::format("{}: {}", store::shown(config.store), store::text(store.error())));
    auto guides = guides::read(config);
    if (!guides) return std::unexpected(std::move(guides.error()));
    auto profiles = read_profiles(config);
    if (!profiles) return std::unexpected(std::move(profiles.error()));
    const auto version = guides->version;
    auto log_key = read_log_key(config);
    if (!log_key) return std::unexpected(std::move(log_key.error()));
    std::unique_ptr<app> out(new app(std::move(config), std::move(*lock), std::move(*store),
                                     std::move(*guides), std::move(*profiles), std::move(*log_key)));
    if (auto ok = out->open_pages(); !ok) return std::unexpected(std::move(ok.error()));
    auto reloaded = async::run_now(out->registry_.reload());
    auto nonces = reloaded ? async::run_now(out->gatekeeper_.open()) : reloaded;
    if (!nonces) return std::unexpected(std::string(store::text(nonces.error())));
    out->tell_alarms();
    if (auto ok = out->listen(); !ok) return std::unexpected(std::move(ok.error()));
    watch::note("the guide is read", {{"version", watch::configured{version}}});
    return out;
}

app::app(config::config config, config::lock lock, std::unique_ptr<store::store> store, guides guides,
         std::vector<jobs::profile> profiles, std::optional<crypto::sign_keys> log_key)
    : config_(std::move(config)),
      lock_(std::move(lock)),
      store_(std::move(store)),
      gemeenten_(std::move(guides.gemeenten)),
      staffing_(std::move(guides.staffing)),
      codes_(std::move(guides.codes)),
      handbook_(std::move(guides.handbook)),
      registry_(*store_, config_.roots, clock_),
      gatekeeper_(registry_, *store_, clock_),
      nightly_(*store_, clock_, std::move(profiles), &registry_, std::move(log_key),
               jobs::believed_day(clock_, [this] { return gatekeeper_.last_signed(); })),
      gate_(
          net::thread_count(config_.threads), [this] { return store_->pressure(); },
          limits_of(config_.shedding)),
      volume_(limits_of(config_)),
      endpoints_({*store_, registry_, gatekeeper_, gemeenten_, codes_, handbook_, clock_, gate_, volume_,
                  staffing_, [this](const store::listed_report& report) {
                      return jobs::end_of(nightly_.profiles(), report, clock_.today());
                  }}) {
    look_at_disk();
    nightly_.tell_also([this](protocol::day today) {
        tell_configured(config_, today);
        tell_of_guide(today);
    });
}

app::~app() {
    // A disk that stalled past the drain may still owe answers to coroutines of the server: they are given
    // while its contexts live, and dropped with them. The same holds for receipts under way.
    mailboxes_.close();
    store_->close();
}

std::expected<void, std::string> app::open_pages() {
    pages::parts parts{*store_,         registry_,
                       mailboxes_,      gemeenten_,
                       staffing_,       handbook_,
                       clock_,          gate_,
                       volume_,         config_.demonstration,
                       config_.mailbox, config_.confirmation};
    parts.about = about_of(config_);
    auto opened = pages::pages::open(parts, config_.languages);
    if (!opened) return std::unexpected(std::move(opened.error()));
    pages_ = std::move(*opened);
    return {};
}

std::expected<void, std::string> app::listen() {
    net::options options;
    for (const auto& at : config_.listen) options.listen.push_back({at.host, at.port, true});
    options.tls = {config_.certificate.string(), config_.certificate_key.string()};
    options.names = config_.names;
    options.limits.connections = config_.connections;
    options.limits.handshake = config_.waits.handshake;
    options.limits.head = config_.waits.head;
    options.limits.idle = config_.waits.idle;
    options.limits.body = config_.waits.body;
    options.limits.write = config_.waits.write;
    options.threads = config_.threads;
    auto opened = net::server::open(std::move(options));
    if (!opened) return std::unexpected(opened.error().sentence());
    server_ = std::move(*opened);
    // Desks that wait for an arrival are answered at once, with what they have.
    server_->at_drain([this](std::size_t) { store_->arrivals().close(); });
    return {};
}

void app::run() {
    for (int number : {SIGTERM, SIGINT, SIGHUP}) signals_.add(number);
    wait_for_signals();
    const auto done = [](std::exception_ptr fault) {
        if (fault) std::rethrow_exception(fault);
    };
    boost::asio::co_spawn(main_, follow_trust(), done);
    boost::asio::co_spawn(main_, nightly_.run(config_.clock_every), done);
    boost::asio::co_spawn(main_, watch_disk(), done);
    server_->start(*this);
    for (const auto& at : config_.listen)
        watch::note("listening", {{"address", watch::configured{at.host}}, {"port", at.port}});
    main_.run();
    server_->join();
    watch::note("stopped");
}

async::task<void> app::follow_trust() {
    if (!store_->shared()) co_return;
    auto executor = co_await boost::asio::this_coro::executor;
    auto& bell = store_->arrivals();
    auto listening = bell.listen(std::string(store::trust_bell), executor);
    // Between two rings nothing changed; what could not be read is read a second later.
    auto most = std::chrono::milliseconds(std::chrono::hours(1));
    while (!bell.closed()) {
        (void)co_await listening->wait(most);
        auto read = co_await registry_.freshen();
        most = read ? std::chrono::hours(1) : std::chrono::seconds(1);
    }
}

async::task<void> app::watch_disk() {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor);
    // What is taken in between is reckoned with.
    constexpr std::chrono::milliseconds between{250};
    while (!server_->draining()) {
        look_at_disk();
        timer.expires_after(between);
        const auto [error] = co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        if (error) co_return;
    }
}

void app::look_at_disk() {
    if (config_.disk.empty()) return;
    std::error_code error;
    const auto space = std::filesystem::space(config_.disk, error);
    if (!error) volume_.see({space.available, space.capacity});
}

void app::tell_of_guide(protocol::day today) {
    if (const auto due = guide::facts_due(*handbook_.get(), today); due > 0)
        watch::note("facts of the guide must be verified again; baken admin guide-check names them",
                    {{"number", static_cast<std::int64_t>(due)}});
    const auto civil = std::chrono::sys_days(std::chrono::days(today.number));
    for (const auto& [desk, until] : staffing_.get()->lists_ending(civil))
        watch::note(
            "the list of days in schema/bezetting.json on which this desk is closed or has other hours ends; "
            "write the days after it",
            {{"desk", watch::configured{desk}},
             {"until", watch::configured{protocol::day{
                           static_cast<std::int32_t>(std::chrono::sys_days(until).time_since_epoch().count())}
                                             .text()}}});
    const auto now = registry_.now();
    if (!now) return;
    for (const auto& id : staffing_.get()->named())
        if (!now->directory.newest().desk(id))
            watch::note("schema/bezetting.json names a desk that is not in the directory",
                        {{"desk", watch::configured{id}}});
}

std::uint16_t app::sender(std::span<const std::uint8_t> front) { return volume_.sender_of(front); }

std::expected<std::size_t, http::response> app::admit(const http::head& head) {
    if (!is_interface(head.path)) return pages_->admit(head);
    auto admitted = endpoints_.admit(head);
    if (!admitted) mark(admitted.error());
    return admitted;
}

async::task<http::response> app::answer(http::request request) {
    if (!is_interface(request.head.path)) co_return co_await pages_->answer(std::move(request));
    auto response = co_await endpoints_.answer(request);
    mark(response);
    co_return response;
}

bool app::brings_report(const http::head& head) const {
    return head.path == "/v1/meldingen" || (!is_interface(head.path) && head.path.ends_with("/melden"));
}

void app::felt(std::size_t context, std::chrono::microseconds delay) { gate_.felt(context, delay); }

http::response app::refuse(unsigned status, std::string_view why, std::string_view path) {
    if (!path.empty() && !is_interface(path)) return pages_->refuse(path, status);
    auto out = status == 503 ? api::overloaded() : http::problem(status, "Request refused", why);
    mark(out);
    return out;
}
