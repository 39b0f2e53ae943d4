namespace DextSage.App.Items;

/// <summary>Why a drop came to no answer, by what the browser or the endpoint said.</summary>
internal static class UploadProblems
{
    public static (string Sentence, string Action) Of(int status) => status switch
    {
        -1 => ("Stopped before it was sent.", "Drop it again when you want it."),
        0 => ("The connection broke on the way.", "Look into the inbox, then drop what is missing there."),
        400 or 401 or 403 => ("The sign-in has changed since this page was opened.", "Reload the page, and drop it again."),
        404 => ("This business is not open to you any more.", "Ask an Admin of the business."),
        413 => ("That was more than one drop may carry.", "Drop the files in parts."),
        _ => ("The server could not take it.", "Look into the inbox, then drop what is missing there."),
    };
}
