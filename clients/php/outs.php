<?php
// Made by `make clients` of the model's description: change that instead.
