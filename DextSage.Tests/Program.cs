using DextSage.Tests;

// `dotnet run --project DextSage.Tests -- bench …` and its like; everything else is the test runner's.
return args is ["bench", ..]
    ? await Bench.RunAsync(args[1..])
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
