// The JSON interface of api.md: one table of routes, and thin handlers behind it. Who may call a route, and
// whether it leaves a line in the desk's audit trail, stand in the table, not in the handlers.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/async/held.hpp"
#include "base/async/task.hpp"
#include "crypto/protocol/trail_actions.hpp"
#include "server/admission/gate.hpp"
#include "server/admission/volume.hpp"
#include "server/api/answers.hpp"
#include "server/api/roles.hpp"
#include "server/api/told.hpp"
#include "server/guide/codes.hpp"
#include "server/guide/staffing.hpp"
#include "server/http/message.hpp"
#include "server/http/router.hpp"
#include "server/inbox/held_calls.hpp"
#include "server/inbox/inbox.hpp"
#include "server/places/gemeenten.hpp"
#include "server/store/store.hpp"
#include "server/trust/authenticate.hpp"
#include "server/trust/registry.hpp"

namespace api {

class endpoints;

struct call {
    const http::request& request;         // lives until the answer is there
    std::vector<std::string> parameters;  // of the path, in order
};

// A call that an officer or lead of this desk signed.
struct desk_call {
    const http::request& request;
    std::vector<std::string> parameters;
    trust::caller caller;
    std::shared_ptr<const trust::snapshot> now;
    protocol::action action;  // of the route, for the trail
    std::int64_t line = 0;    // of this request, where it was written before (trail::before)
    [[nodiscard]] const std::string& desk() const { return parameters[0]; }
};
struct desk_answer {
    http::response response;
    std::optional<store::head> head;  // set where the handler's own write grew the trail
};

enum class trail {
    none,    // a plain list or wait
    before,  // the line is durable before anything is read
    inside,  // the line is written in the transaction of the write
};

struct endpoint {
    roles who = roles::anyone;
    api::trail line = trail::none;
    std::optional<protocol::action> action;  // of a desk's route: what its line says
    admission::importance importance = admission::importance::rescue;
    async::task<http::response> (endpoints::*open)(call) = nullptr;
    async::task<desk_answer> (endpoints::*desk)(desk_call) = nullptr;
};

// What the handlers work with; all of it lives as long as the server.
struct parts {
    store::store& store;
    trust::registry& registry;
    trust::gatekeeper& gatekeeper;
    const async::held<guide::gemeenten>& gemeenten;
    const async::held<guide::codes>& codes;
    const async::held<guide::handbook>& handbook;
    const protocol::clock& clock;
    admission::gate& gate;
    admission::volume& volume;
    const async::held<guide::staffing>& staffing;
    inbox::end_of end_of;
};

class endpoints {
  public:
    explicit endpoints(parts parts);

    // As net::service, for every path below /v1/.
    [[nodiscard]] std::expected<std::size_t, http::response> admit(const http::head& head) const;
    [[nodiscard]] async::task<http::response> answer(const http::request& request);

    // As net::service.
    bool give_way() { return held_.give_way(); }

    // The table, for the test that holds it against the OpenAPI document.
    [[nodiscard]] static std::span<const http::route<endpoint>> table();

  private:
    // Public (public.cpp).
    async::task<http::response> openapi(call);
    async::task<http::response> directory(call);
    async::task<http::response> post_directory(call);
    async::task<http::response> directory_version(call);
    async::task<http::response> stand_version(call);
    async::task<http::response> routing(call);
    async::task<http::response> municipalities(call);
    async::task<http::response> post_report(call);
    // 200 where this report is stored in the same bytes already; else the refusal.
    async::task<http::response> again_or(crypto::uuid id, crypto::block<32> request_hash,
                                         http::response refusal);
    // The guide (guide.cpp).
    async::task<http::response> where_to_report(call);
    async::task<http::response> help(call);
    async::task<http::response> signals(call);
    // A desk's inbox and trail (desk.cpp).
    async::task<desk_answer> list(desk_call);
    async::task<desk_answer> report(desk_call);
    async::task<desk_answer> trail_lines(desk_call);
    // What an officer does to a report (changes.cpp).
    async::task<desk_answer> change_report(desk_call);
    // What their program says of it (seen.cpp).
    async::task<desk_answer> report_seen(desk_call);
    // Its end (destruction.cpp): an order, its confirmation, or a desk's own key alone.
    struct ending;
    async::task<desk_answer> destroy_report(desk_call);
    async::task<desk_answer> order(desk_call, ending, store::end_state);
    async::task<desk_answer> confirm(desk_call, ending, store::end_state);
    async::task<desk_answer> give_up_key(desk_call, ending);
    // A desk's documents of trust (enrol.cpp).
    async::task<desk_answer> keys(desk_call);
    async::task<desk_answer> post_key(desk_call);
    async::task<desk_answer> members(desk_call);
    async::task<desk_answer> post_member(desk_call);
    async::task<desk_answer> post_stand(desk_call);

    // Whether a report may come in that far: by the length it announces.
    [[nodiscard]] std::expected<void, http::response> admit_report(const http::head& head) const;
    async::task<http::response> answer_desk(const endpoint& route, call call);
    // Whether a held call's caller still may: a standing may have come in the meantime.
    async::task<std::expected<bool, store::errc>> still_may(trust::caller who);
    async::task<std::expected<trust::caller, http::response>> identify(const http::request& request,
                                                                       std::string desk);
    [[nodiscard]] store::trail_write line(const desk_call& call, std::string object) const;

    [[nodiscard]] std::shared_ptr<const told> told_today();

    parts parts_;
    inbox::held_calls held_;
    async::held<told> told_;
    http::router<endpoint> router_;
    std::shared_ptr<const std::string> openapi_;
    std::string openapi_hash_;
};

}  // namespace api
