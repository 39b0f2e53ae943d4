namespace DextSage.App.Account;

/// <summary>Where a person is sent after signing in: a path of ours, whatever the address asked for (OWASP ASVS 5.0: 3.7.2).</summary>
internal static class LocalUrl
{
    public static string OrHome(string? url) => IsLocal(url) ? url! : Urls.Home;

    // Browsers read a backslash as a slash and drop tabs and line breaks, so "/\evil" and "/<tab>/evil" leave too.
    public static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/', ..]
        && url.All(c => c is > ' ' and < '\x7f' and not '\\');
}
