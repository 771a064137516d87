// SPDX-License-Identifier: Apache-2.0
// Precompiled for the folder's sources: these headers cost more than all the rest.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
