namespace DextSage.Tests;

/// <summary>The benchmarks by name. None is defined yet: <c>-- bench</c> lists an empty house.</summary>
internal static class Bench
{
    public static int Run(string[] args)
    {
        if (args.Length == 0) return 0;
        Console.Error.WriteLine($"There is no benchmark called '{args[0]}'.");
        return 1;
    }
}
