#include "client/line/http.hpp"

#include <new>

#include <curl/curl.h>
#include <fmt/format.h>

namespace client {
namespace {

constexpr std::size_t largest_head = 65536;
constexpr std::chrono::seconds told_every(30);

void start_curl() {
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!started) throw std::bad_alloc();
}

struct end_handle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct end_list {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

class field_list {
  public:
    void add(const std::string& line) {
        auto* longer = curl_slist_append(list_.get(), line.c_str());
        if (!longer) throw std::bad_alloc();
        (void)list_.release();
        list_.reset(longer);
    }
    [[nodiscard]] curl_slist* get() const { return list_.get(); }

  private:
    std::unique_ptr<curl_slist, end_list> list_;
};

struct receiving {
    answer got;
    std::size_t head = 0;
    bool overflow = false;
};

std::size_t take_body(char* data, std::size_t one, std::size_t count, void* to) {
    auto& in = *static_cast<receiving*>(to);
    std::size_t size = one * count;
    if (in.got.body.size() + size > largest_answer) {
        in.overflow = true;
        return 0;
    }
    in.got.body.append(data, size);
    return size;
}

std::size_t take_field(char* data, std::size_t one, std::size_t count, void* to) {
    auto& in = *static_cast<receiving*>(to);
    std::string_view line(data, one * count);
    in.head += line.size();
    if (in.head > largest_head) {
        in.overflow = true;
        return 0;
    }
    // A proxy's answer or a 100 comes with a status line of its own: only the last head counts.
    if (line.starts_with("HTTP/")) in.got.fields.clear();
    auto colon = line.find(':');
    if (colon == std::string_view::npos) return line.size();
    std::string name(line.substr(0, colon));
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    auto value = line.substr(colon + 1);
    auto first = value.find_first_not_of(" \t");
    auto last = value.find_last_not_of(" \t\r\n");
    value = first == std::string_view::npos ? std::string_view() : value.substr(first, last - first + 1);
    auto [at, fresh] = in.got.fields.try_emplace(std::move(name), value);
    if (!fresh) at->second.append(", ").append(value);
    return line.size();
}

errc meaning(CURLcode code, bool overflow) {
    if (overflow) return errc::too_large;
    switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_PROXY:
            return errc::proxy;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            return errc::unreachable;
        case CURLE_PEER_FAILED_VERIFICATION:
            return errc::untrusted;
        case CURLE_SSL_CACERT_BADFILE:
            return errc::bad_cacert;
        case CURLE_SSL_CONNECT_ERROR:
            return errc::tls;
        case CURLE_OPERATION_TIMEDOUT:
            return errc::timed_out;
        case CURLE_FILESIZE_EXCEEDED:
            return errc::too_large;
        case CURLE_ABORTED_BY_CALLBACK:
            return errc::interrupted;
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            return errc::bad_address;
        case CURLE_WEIRD_SERVER_REPLY:
            return errc::bad_answer;
        default:
            return errc::broken;
    }
}

}  // namespace

struct http::line {
    address server;
    tls_trust trust;
    std::string said_in;
    std::function<bool()> asked_to_stop;
    std::function<void(std::chrono::seconds)> tell_waiting;
    std::optional<std::chrono::steady_clock::time_point> unanswered_since;
    std::chrono::seconds told{0};
    std::unique_ptr<CURL, end_handle> handle;

    void tell_where_silent() {
        if (!unanswered_since || !tell_waiting) return;
        const auto silent = std::chrono::steady_clock::now() - *unanswered_since;
        if (silent < told + told_every) return;
        told += told_every;
        tell_waiting(told);
    }
    static int look_up(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        auto& self = *static_cast<line*>(from);
        self.tell_where_silent();
        return self.asked_to_stop && self.asked_to_stop() ? 1 : 0;
    }
    void waits(const request& request) {
        if (request.held) return answered();
        if (!unanswered_since) unanswered_since = std::chrono::steady_clock::now();
    }
    void answered() {
        unanswered_since.reset();
        told = std::chrono::seconds(0);
    }

    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) throw std::bad_alloc();
    }

    // What holds for every request on this line.
    void prepare() {
        set(CURLOPT_PROTOCOLS_STR, "https,http");
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PATH_AS_IS, 1L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
        set(CURLOPT_TIMEOUT, total_seconds);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
        set(CURLOPT_SSL_VERIFYPEER, trust.verify ? 1L : 0L);
        set(CURLOPT_SSL_VERIFYHOST, trust.verify ? 2L : 0L);
        if (trust.cacert) {
            set(CURLOPT_CAINFO, trust.cacert->c_str());
            // This file alone: the system's directory of authorities would otherwise count too.
            set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(largest_answer));
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_HEADERFUNCTION, &take_field);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &look_up);
        set(CURLOPT_XFERINFODATA, this);
    }
};

std::string_view answer::field(std::string_view name) const {
    auto at = fields.find(name);
    return at == fields.end() ? std::string_view() : std::string_view(at->second);
}

http::http(address server, tls_trust trust) : line_(std::make_unique<line>()) {
    start_curl();
    line_->server = std::move(server);
    line_->trust = std::move(trust);
    line_->handle.reset(curl_easy_init());
    if (!line_->handle) throw std::bad_alloc();
    line_->prepare();
}
http::http(http&&) noexcept = default;
http::~http() = default;

void http::stop_when(std::function<bool()> asked) { line_->asked_to_stop = std::move(asked); }
void http::while_waiting(std::function<void(std::chrono::seconds)> tell) {
    line_->tell_waiting = std::move(tell);
}
const address& http::server() const { return line_->server; }
const tls_trust& http::trust() const { return line_->trust; }
void http::said_in(std::string place) { line_->said_in = std::move(place); }
const std::string& http::said_in() const { return line_->said_in; }

std::expected<answer, errc> http::send(const request& request) {
    auto url = line_->server.origin() + request.target;
    field_list fields;
    fields.add("Accept: application/json");
    fields.add("Expect:");  // curl would wait for a 100 before a large body
    if (!request.body.empty()) fields.add("Content-Type: application/json");
    for (const auto& [name, value] : request.fields) fields.add(fmt::format("{}: {}", name, value));
    receiving in;
    line_->set(CURLOPT_URL, url.c_str());
    line_->set(CURLOPT_HTTPHEADER, fields.get());
    line_->set(CURLOPT_WRITEDATA, &in);
    line_->set(CURLOPT_HEADERDATA, &in);
    if (request.method == "POST" || !request.body.empty()) {
        line_->set(CURLOPT_POST, 1L);
        line_->set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        line_->set(CURLOPT_POSTFIELDS, request.body.c_str());
    } else {
        line_->set(CURLOPT_HTTPGET, 1L);
    }
    const bool usual = request.method == "POST" || request.method == "GET";
    line_->set(CURLOPT_CUSTOMREQUEST, usual ? nullptr : request.method.c_str());
    line_->waits(request);
    auto code = curl_easy_perform(line_->handle.get());
    // Nothing of this request stays behind in the handle.
    line_->set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    line_->set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr));
    line_->set(CURLOPT_CUSTOMREQUEST, static_cast<const char*>(nullptr));
    if (code != CURLE_OK) return std::unexpected(meaning(code, in.overflow));
    line_->answered();
    long status = 0;
    curl_easy_getinfo(line_->handle.get(), CURLINFO_RESPONSE_CODE, &status);
    in.got.status = static_cast<int>(status);
    return std::move(in.got);
}

}  // namespace client
