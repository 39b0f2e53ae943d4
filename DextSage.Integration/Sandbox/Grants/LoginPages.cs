namespace DextSage.Integration.Sandbox;

/// <summary>What the pages of the dance say.</summary>
internal static class LoginPages
{
    public static Html Problem(string reason) => Html.Of($"""
        <p class="problem" role="alert">{reason}</p>
        <p>Go back to the application and start again.</p>
        """);

    public static Html Continue(Person person, string action) => Html.Of($"""
        <div class="narrow">
        <p>You are signed in to the sandbox as {person.Name} ({person.Email}).</p>
        <div class="actions">
        <form method="post" action="{action}"><button name="step" value="continue">Continue as {person.FirstName}</button></form>
        <form method="post" action="{action}"><button class="quiet" name="step" value="other">Use another login</button></form>
        </div>
        </div>
        """);

    public static Html Login(string action, string? problem) => Html.Of($"""
        <div class="narrow">
        {(problem is null ? Html.None : Html.Of($"""<p class="problem" role="alert">{problem}</p>"""))}
        <h2>Choose somebody who is ready</h2>
        {Person.All.Select(person => Html.Of($"""
            <form method="post" action="{action}">
            <button class="person" name="person" value="{person.Id}">{person.Name}<small>{person.About}</small></button>
            </form>
            """))}
        <h2>Or type a login</h2>
        <form method="post" action="{action}">
        <label for="email">E-mail address</label>
        <input id="email" name="email" type="email" autocomplete="off" required placeholder="olivia@sandbox.test">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="off" required aria-describedby="hint">
        <p id="hint">The password is always “sandbox”. Do not type a real one.</p>
        <button class="submit">Log in</button>
        </form>
        </div>
        """);

    public static Html Regions(Func<string, string> address) => Html.Of($"""
        <p>Sage keeps each country's businesses apart. Choose the one your business is in.</p>
        <ul>
        {new[] { ("GB", "United Kingdom"), ("IE", "Ireland"), ("CA", "Canada") }.Select(country => Html.Of($"""<li><a href="{address(country.Item1)}">{country.Item2}</a></li>"""))}
        </ul>
        """);

    public static Html Consent(Person person, string scope, string action) => Html.Of($"""
        <div class="narrow">
        <p>DextSage asks to {(scope == "readonly" ? "read" : "read and change")} the accounting data of <strong>{person.Name}</strong>. This covers every organisation that {person.FirstName} can reach:</p>
        <ul>{person.Businesses.Select(one => Html.Of($"<li>{one.Name}</li>"))}</ul>
        <p>You can take this back at any time under Manage Apps and Connections.</p>
        <form method="post" action="{action}" class="actions">
        <button name="decision" value="allow">Allow</button>
        <button class="quiet" name="decision" value="deny">Deny</button>
        </form>
        </div>
        """);
}
