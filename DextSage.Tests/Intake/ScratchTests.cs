using System.Diagnostics;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>Folders for what passes through, and what a process that was killed has left of them.</summary>
public sealed class ScratchTests
{
    [Fact]
    public async Task What_a_dead_process_left_is_swept_and_what_others_use_is_not()
    {
        var own = Scratch.Make("zip");
        using var dead = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        await dead.WaitForExitAsync(TestContext.Current.CancellationToken);
        var (left, foreign) = (Plant($"dextsage-{dead.Id}-drop-x1"), Plant("dextsage-test-x1"));
        try
        {
            Scratch.Sweep();

            Assert.False(Directory.Exists(left));
            Assert.True(Directory.Exists(own.FullName) && Directory.Exists(foreign));
        }
        finally
        {
            foreach (var folder in new[] { own.FullName, foreign }) Folders.Delete(folder);
        }
    }

    private static string Plant(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        File.WriteAllText(Path.Combine(folder, "0"), "a paper");
        return folder;
    }
}
