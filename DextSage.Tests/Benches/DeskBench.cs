namespace DextSage.Tests.Benches;

/// <summary>
/// The bookkeeper's desk with few items and with many: ratios of one sitting, so that the machine does not matter, and what a thousand people at it cost.
/// Prints <c>figure value target ok|short</c>.
/// </summary>
internal static class DeskBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var figures = new List<Figure>();
        if (args is [] or ["bulk"]) Say(await DeskBulk.MeasureAsync());
        if (args is [] or ["pages"]) Say(await DeskPages.MeasureAsync());
        if (args is [] or ["circuits", ..]) Say(await DeskCircuits.MeasureAsync(args is [_, var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : DeskCircuits.Screens));
        return figures.TrueForAll(f => f.IsOk) ? 0 : 1;

        void Say(IEnumerable<Figure> some)
        {
            foreach (var figure in some)
            {
                figures.Add(figure);
                Console.WriteLine(figure);
            }
        }
    }
}
