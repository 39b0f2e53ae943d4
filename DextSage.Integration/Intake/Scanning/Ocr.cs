using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DextSage.Integration.Intake.Reading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Intake.Scanning;

/// <summary>The section "DextSage:Ocr" of the settings.</summary>
public sealed class OcrOptions
{
    public const string Section = "DextSage:Ocr";

    /// <summary>Path of the tesseract executable; <c>off</c> for none. Left out, it is looked for on the PATH.</summary>
    public string? Program { get; set; }

    /// <summary>Tesseract's codes for the languages to expect, such as <c>eng+deu</c>; they must be installed.</summary>
    public string Languages { get; set; } = "eng";

    /// <summary>How long a page may take; the process is ended then.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(40);
}

/// <summary>
/// Reads the words of a picture with the machine's own Tesseract, in a process with bounds. Where there is none, pictures stay unread and nothing else is lost.
/// </summary>
public sealed partial class Ocr(IOptions<OcrOptions> options, TimeProvider time, ILogger<Ocr> logger) : IDisposable
{
    private const int MostOutput = 4 * 1024 * 1024;

    /// <summary>What the process may take, in kilobytes of addresses: a page of four thousand pixels needs a quarter.</summary>
    private const int MostMemory = 2_000_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lazy<string?> program = new(() => Find(options.Value.Program, logger));

    /// <summary>Whether this machine has it.</summary>
    public bool IsThere => program.Value is not null;

    /// <summary>The words of a picture that was made for it; null where it took too long or fell over.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<IReadOnlyList<PaperWord>?> ReadAsync(byte[] picture, PageSize size, CancellationToken cancellation)
    {
        if (program.Value is not { } tesseract) return null;
        await turn.WaitAsync(cancellation);
        try
        {
            return await RunAsync(tesseract, picture, cancellation) is { } table ? TesseractTable.Words(table, size) : null;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string?> RunAsync(string tesseract, byte[] picture, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(tesseract) };
        using var limit = new CancellationTokenSource(options.Value.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            process.Start();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            await using (either.Token.Register(() => Kill(process)))
            {
                var answer = ReadAsync(process.StandardOutput.BaseStream);
                await process.StandardInput.BaseStream.WriteAsync(picture, either.Token);
                process.StandardInput.Close();
                var table = await answer;
                await process.WaitForExitAsync(either.Token);
                return process.ExitCode == 0 ? table : null;
            }
        }
        catch (Exception e) when (e is IOException or Win32Exception or OperationCanceledException)
        {
            Kill(process);
            cancellation.ThrowIfCancellationRequested();
            Log.Unread(logger, e);
            return null;
        }
    }

    private ProcessStartInfo StartInfo(string tesseract)
    {
        string[] arguments = ["stdin", "stdout", "-l", options.Value.Languages, "--psm", "4", "--dpi", "300", "tsv"];
        // The shell bounds its memory, and becomes the program.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(tesseract, arguments)
            : new ProcessStartInfo("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"ulimit -v {MostMemory}; exec \"$0\" \"$@\""), tesseract, .. arguments]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute, start.CreateNoWindow) = (true, true, true, false, true);
        start.StandardOutputEncoding = Encoding.UTF8;
        foreach (var name in start.Environment.Keys.Where(n => n is not ("PATH" or "HOME" or "TMPDIR" or "TMP" or "TEMP" or "SystemRoot" or "TESSDATA_PREFIX")).ToList()) start.Environment.Remove(name);
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        return start;
    }

    private static async Task<string> ReadAsync(Stream output)
    {
        using var table = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await output.ReadAsync(buffer)) > 0;)
        {
            if (table.Length + read > MostOutput) throw new IOException("More words than a page has.");
            table.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(table.GetBuffer(), 0, (int)table.Length);
    }

    private static void Kill(Process process)
    {
        try { process.Kill(entireProcessTree: true); }
        catch (InvalidOperationException) { /* It had ended, or never begun. */ }
    }

    private static string? Find(string? named, ILogger logger)
    {
        var found = named switch
        {
            "off" => null,
            { Length: > 0 } => File.Exists(named) ? named : null,
            _ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "tesseract.exe" : "tesseract")).FirstOrDefault(File.Exists),
        };
        if (found is null) Log.Missing(logger);
        else Log.Found(logger, found);
        return found;
    }

    public void Dispose() => turn.Dispose();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Photos and scans are read with {Program}.")]
        public static partial void Found(ILogger logger, string program);

        [LoggerMessage(LogLevel.Warning, "Photos and scans are not read: Tesseract is not installed on this machine, or DextSage:Ocr:Program names no file. Everything else works as ever.")]
        public static partial void Missing(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "A page was not read: Tesseract took too long or fell over.")]
        public static partial void Unread(ILogger logger, Exception because);
    }
}
