using System.Net.Mime;
using System.Text.Json;
using System.Threading.Channels;
using DextSage.Integration.Intake;

namespace DextSage.App.Items;

/// <summary>The answer to a drop, as it comes about: a list in JSON, one report a line, each sent as soon as it is known.</summary>
internal static class UploadAnswer
{
    /// <param name="take">Takes the files in, and tells of each.</param>
    public static async Task WriteAsync(HttpResponse response, Func<IProgress<ArrivalReport>, Task> take, CancellationToken cancellationToken)
    {
        var reports = Channel.CreateUnbounded<ArrivalReport>();
        var taking = TakeAsync();
        try
        {
            response.ContentType = MediaTypeNames.Application.Json;
            var lead = "[";
            await foreach (var report in reports.Reader.ReadAllAsync(cancellationToken))
            {
                await response.WriteAsync($"{lead}{JsonSerializer.Serialize(UploadReport.From(report), JsonSerializerOptions.Web)}\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                lead = ",";
            }

            await response.WriteAsync(lead == "[" ? "[]" : "]", cancellationToken);
        }
        finally
        {
            // Whoever left: the files are on the disk until nobody reads them any more.
            await taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task TakeAsync()
        {
            try
            {
                await take(new Line(reports.Writer));
                reports.Writer.Complete();
            }
            catch (Exception e)
            {
                reports.Writer.Complete(e);
                throw;
            }
        }
    }

    private sealed class Line(ChannelWriter<ArrivalReport> to) : IProgress<ArrivalReport>
    {
        public void Report(ArrivalReport value) => to.TryWrite(value);
    }
}
