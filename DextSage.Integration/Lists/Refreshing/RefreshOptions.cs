namespace DextSage.Integration.Lists;

/// <summary>How patient and how careful a refresh is. Section <c>Refresh</c> of the settings.</summary>
public sealed class RefreshOptions
{
    public const string Section = "Refresh";

    /// <summary>The first wait after trouble of Sage's; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait of our own choosing; Sage may ask for longer.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A wait longer than this is not sat out in a job: the run is taken up again when it is over.</summary>
    public TimeSpan LongestHold { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A run to which nothing has come for so long gives up.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How often the same page may be unreadable before the run fails.</summary>
    public int UnreadableTries { get; set; } = 4;

    /// <summary>Changes are asked for again from so long before the last reading: Sage may have been slow to show them.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a list may go without being compared as a whole.</summary>
    public TimeSpan WholeEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The same for a list whose deletions are not asked for, so that they show with each day's refresh.</summary>
    public TimeSpan WholeEveryWithoutDeletions { get; set; } = TimeSpan.FromHours(20);

    /// <summary>A list of at most so many entries comes whole in one request, which tells more than its changes would.</summary>
    public int WholeUpTo { get; set; } = 200;

    /// <summary>So many entries that seem to be gone are looked up one by one; for more the list is read a second time.</summary>
    public int LookUps { get; set; } = 200;

    /// <summary>Up to so many entries may go without asking, whatever part of their list they are.</summary>
    public int MayGoUnasked { get; set; } = 20;

    /// <summary>Pages that are written in one transaction when they have come in together.</summary>
    public int PagesPerTransaction { get; set; } = 10;

    /// <summary>Lines of a report per list and run; what is beyond is counted.</summary>
    public int ReportLines { get; set; } = 2000;

    /// <summary>How long reports are kept.</summary>
    public TimeSpan ReportsFor { get; set; } = TimeSpan.FromDays(180);
}
