%% This is an -*- erlang -*- file.
%{commented, out}
{application, kernel,
 [{description, "ERTS  CXC 138 10"}, {vsn, "8.5.3"}, {modules, [application, 'Elixir.Quoted']},
  {env, [{logger_level, notice}]}, {runtime_dependencies, ["erts-13.1.3"]}]}.
