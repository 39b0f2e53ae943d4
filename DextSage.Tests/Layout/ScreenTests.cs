using Xunit;

namespace DextSage.Tests.Layout;

public sealed class ScreenTests
{
    [Fact]
    public async Task A_screen_takes_its_folder_with_it()
    {
        var screen = new Bare();
        await screen.SettleAsync();
        Assert.NotEmpty(Directory.EnumerateFiles(screen.Place));

        await screen.DisposeAsync();

        Assert.False(Directory.Exists(screen.Place));
    }

    private sealed class Bare : Screen
    {
        public string Place => Folder;

        public Task SettleAsync() => SettleInAsync();
    }
}
