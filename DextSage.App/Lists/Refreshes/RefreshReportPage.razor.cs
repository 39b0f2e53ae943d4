using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Lists.Refreshes;

/// <summary>What a refresh found, and what it leaves to mend. Its filters are in the URL.</summary>
public sealed partial class RefreshReportPage
{
    private const int Step = 100;

    private ReportView view = null!;
    private HistoryRun? past;
    private ReportOverview? overview;
    private ChangePage? changes;
    private ConnectionNotice? notice;
    private int shown = Step;
    private bool hasRead;

    [Inject] private RefreshHistory History { get; set; } = null!;
    [Inject] private RefreshReports Reports { get; set; } = null!;
    [Inject] private RefreshConfirmations Confirmations { get; set; } = null!;
    [Inject] private ConnectionDesk Connections { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public Guid Run { get; set; }
    [SupplyParameterFromQuery] public string? List { get; set; }
    [SupplyParameterFromQuery] public string? Kind { get; set; }

    protected override News Concern => News.Rows | News.Refresh;

    protected override bool IsWatching => past is { Run.IsLive: true };

    protected override Task OnParametersSetAsync()
    {
        var before = view;
        view = ReportView.From(Urls.RefreshReport(Business.Slug, Run), List, Kind);
        if (view != before) shown = Step;
        return base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync()
    {
        var asked = view;
        var (found, lines) = (await History.FindAsync(Business.Caller, Run, Gone), await LinesAsync(asked));
        var whole = await Reports.OverviewAsync(Business.Caller, Run, Gone);
        notice = await Connections.NoticeAsync(Business.Caller, Gone);
        if (asked == view) (past, changes, overview, hasRead) = (found, lines, whole, true);
    }

    private async Task<ChangePage> LinesAsync(ReportView asked)
    {
        var lines = new List<ChangeLine>();
        while (true)
        {
            var page = await Reports.PageAsync(Business.Caller, Run, asked.List, asked.Kind, skip: lines.Count, take: Step, cancellationToken: Gone);
            lines.AddRange(page.Lines);
            if (lines.Count >= shown || page.Lines.Count < Step) return new ChangePage(page.Total, lines);
        }
    }

    private Task MoreAsync()
    {
        shown += Step;
        return ReadAsync();
    }

    // The list is read once more before anything is retired: the way leads to that run's report.
    private async Task RetireAsync(ListKind list)
    {
        if (await Confirmations.ApplyAsync(Business.Caller, Run, list, Gone) is { } run) Navigation.NavigateTo(Urls.RefreshReport(Business.Slug, run));
        else await ReadAsync();
    }

    private async Task KeepAsync(ListKind list)
    {
        await Confirmations.DiscardAsync(Business.Caller, Run, list, Gone);
        await ReadAsync();
    }
}
