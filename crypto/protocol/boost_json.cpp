// The one unit that compiles Boost.JSON; everybody else sees declarations only.
#include <boost/json/src.hpp>
