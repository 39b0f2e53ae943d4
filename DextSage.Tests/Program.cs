using DextSage.Tests;
using DextSage.Tests.Corpus;
using DextSage.Tests.Journeys;
using DextSage.Tests.Simulation;

// `dotnet run --project DextSage.Tests -- bench …` and its like; everything else is the test runner's.
return args switch
{
    ["bench", .. var rest] => await Bench.RunAsync(rest),
    [Simulate.Word, .. var rest] => await Simulate.RunAsync(rest),
    [CorpusCommand.Word, .. var rest] => await CorpusCommand.RunAsync(rest),
    // What a test starts as a process of its own.
    [Neighbour.Word, .. var rest] => await Neighbour.RunAsync(rest),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
